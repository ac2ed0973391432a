import { extname } from 'node:path';

/** The media type of an extension, a file name or a path; undefined if it is unknown. */
export function mediaTypeOf(path: string): string | undefined {
  const extension = extname(`x.${path}`).toLowerCase().slice(1);
  return extension === '' ? undefined : table().get(extension);
}

let types: Map<string, string> | undefined;

function table(): Map<string, string> {
  if (types === undefined) {
    types = new Map();
    for (const line of TYPES.split('\n')) {
      const [type, ...extensions] = line.split(' ') as [string, ...string[]];
      for (const extension of extensions) types.set(extension, type);
    }
  }
  return types;
}

// One media type a line, its extensions behind it.
const TYPES = `text/html html htm shtml
text/css css
text/javascript js mjs
application/node cjs
text/jsx jsx
application/json json map
application/json5 json5
application/ld+json jsonld
application/manifest+json webmanifest
text/cache-manifest appcache
text/plain txt text log conf ini
text/markdown md markdown
text/mdx mdx
text/csv csv
text/tab-separated-values tsv
application/xml xml xsl xsd
application/xslt+xml xslt
image/svg+xml svg svgz
image/png png
image/apng apng
image/jpeg jpg jpeg jpe
image/pjpeg jfif
image/gif gif
image/webp webp
image/avif avif
image/heic heic
image/heif heif
image/vnd.microsoft.icon ico
image/bmp bmp
image/tiff tif tiff
image/vnd.adobe.photoshop psd
image/jxl jxl
image/jp2 jp2
image/ktx ktx
image/ktx2 ktx2
audio/mpeg mp3
audio/mp4 m4a
audio/aac aac
audio/ogg ogg oga opus
audio/wav wav
audio/webm weba
audio/x-flac flac
audio/midi mid midi
audio/x-aiff aif aiff
video/mp4 mp4
video/x-m4v m4v
video/mpeg mpg mpeg
video/webm webm
video/ogg ogv
video/quicktime mov qt
video/x-msvideo avi
video/x-matroska mkv
video/x-ms-wmv wmv
video/x-flv flv
video/3gpp 3gp
video/3gpp2 3g2
video/mp2t ts
application/vnd.apple.mpegurl m3u8
audio/x-mpegurl m3u
application/dash+xml mpd
text/vtt vtt
application/x-subrip srt
application/ttml+xml ttml
font/woff woff
font/woff2 woff2
font/ttf ttf
font/otf otf
font/collection ttc
application/vnd.ms-fontobject eot
application/pdf pdf
application/rtf rtf
application/msword doc dot
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.ms-word.document.macroenabled.12 docm
application/vnd.ms-excel xls
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.ms-excel.sheet.macroenabled.12 xlsm
application/vnd.ms-powerpoint ppt pps
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
application/vnd.oasis.opendocument.text odt
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.graphics odg
application/epub+zip epub
application/zip zip
application/gzip gz
application/x-tar tar
application/x-bzip2 bz2
application/x-xz xz
application/x-7z-compressed 7z
application/vnd.rar rar
application/java-archive jar war ear
application/octet-stream bin img
application/x-msdos-program exe
application/x-msdownload dll msi
application/x-debian-package deb
application/x-redhat-package-manager rpm
application/x-apple-diskimage dmg
application/x-iso9660-image iso
application/vnd.android.package-archive apk
application/java-vm class
application/wasm wasm
text/yaml yaml yml
application/toml toml
application/sql sql
application/x-sh sh
application/x-httpd-php php
text/x-java-source java
text/x-c c h cc cpp
text/x-lua lua
application/x-perl pl
text/less less
text/x-sass sass
text/x-scss scss
text/stylus styl
text/coffeescript coffee
text/x-handlebars-template hbs
application/x-tex tex
application/atom+xml atom
application/rss+xml rss
application/rdf+xml rdf
text/calendar ics ifb
text/x-vcard vcf
text/vcard vcard
message/rfc822 eml mht mhtml
application/x-x509-ca-cert crt der pem
application/pkix-cert cer
application/x-pkcs12 p12 pfx
application/x-pkcs7-certificates p7b
application/pkcs7-mime p7m
application/pkcs7-signature p7s
application/pkix-crl crl
application/pgp-keys asc
application/pgp-signature sig
application/gpx+xml gpx
application/vnd.google-earth.kml+xml kml
application/vnd.google-earth.kmz kmz
application/geo+json geojson
model/gltf+json gltf
model/gltf-binary glb
model/stl stl
model/vnd.usdz+zip usdz
model/vnd.collada+xml dae
model/3mf 3mf
application/wsdl+xml wsdl
application/xhtml+xml xhtml xht
application/xml-dtd dtd
application/x-shockwave-flash swf
application/x-bittorrent torrent
application/postscript ps ai eps
text/n3 n3
text/turtle ttl
application/n-triples nt
application/n-quads nq
application/trig trig
application/sparql-query rq`;
