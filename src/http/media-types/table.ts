// Written by build/media-types.mjs from mime-db 1.54.0. Do not edit.

/** Groups of media types that begin alike: their beginning, then the rest of each and its extensions. */
export const MEDIA_TYPES = `application/
andrew-inset ez
appinstaller appinstaller
applixware aw
appx appx
appxbundle appxbundle
atom+xml atom
atomcat+xml atomcat
atomdeleted+xml atomdeleted
atomsvc+xml atomsvc
atsc-dwd+xml dwd
atsc-held+xml held
atsc-rsat+xml rsat
automationml-aml+xml aml
automationml-amlx+zip amlx
bdoc bdoc
calendar+xml xcs
ccxml+xml ccxml
cdfx+xml cdfx
cdmi-capability cdmia
cdmi-container cdmic
cdmi-domain cdmid
cdmi-object cdmio
cdmi-queue cdmiq
cpl+xml cpl
cu-seeme cu
cwl cwl
dash+xml mpd
dash-patch+xml mpp
davmount+xml davmount
dicom dcm
docbook+xml dbk
dssc+der dssc
dssc+xml xdssc
ecmascript ecma
emma+xml emma
emotionml+xml emotionml
epub+zip epub
exi exi
express exp
fdf fdf
fdt+xml fdt
font-tdpfr pfr
geo+json geojson
gml+xml gml
gpx+xml gpx
gxf gxf
gzip gz
hjson hjson
hyperstudio stk
inkml+xml ink inkml
ipfix ipfix
its+xml its
java-archive ear jar war
java-serialized-object ser
java-vm class
json json map
json5 json5
jsonml+json jsonml
ld+json jsonld
lgr+xml lgr
lost+xml lostxml
mac-binhex40 hqx
mac-compactpro cpt
mads+xml mads
manifest+json webmanifest
marc mrc
marcxml+xml mrcx
mathematica ma mb nb
mathml+xml mathml
mbox mbox
media-policy-dataset+xml mpf
mediaservercontrol+xml mscml
metalink+xml metalink
metalink4+xml meta4
mets+xml mets
mmt-aei+xml maei
mmt-usd+xml musd
mods+xml mods
mp21 m21 mp21
mp4 m4p mp4s
msix msix
msixbundle msixbundle
msword doc dot
mxf mxf
n-quads nq
n-triples nt
node cjs
octet-stream bin bpk buffer deploy dist distz dms dump elc img lrf mar msm msp pkg so
oda oda
oebps-package+xml opf
ogg ogx
omdoc+xml omdoc
onenote one onea onepkg onetmp onetoc onetoc2
oxps oxps
p2p-overlay+xml relo
patch-ops-error+xml xer
pdf pdf
pgp-encrypted pgp
pgp-keys asc
pgp-signature sig
pics-rules prf
pkcs10 p10
pkcs7-mime p7c p7m
pkcs7-signature p7s
pkcs8 p8
pkix-attr-cert ac
pkix-cert cer
pkix-crl crl
pkix-pkipath pkipath
pkixcmp pki
pls+xml pls
postscript ai eps ps
provenance+xml provx
prs.cww cww
prs.xsf+xml xsf
pskc+xml pskcxml
raml+yaml raml
rdf+xml owl rdf
reginfo+xml rif
relax-ng-compact-syntax rnc
resource-lists+xml rl
resource-lists-diff+xml rld
rls-services+xml rs
route-apd+xml rapd
route-s-tsid+xml sls
route-usd+xml rusd
rpki-ghostbusters gbr
rpki-manifest mft
rpki-roa roa
rsd+xml rsd
rss+xml rss
rtf rtf
sbml+xml sbml
scvp-cv-request scq
scvp-cv-response scs
scvp-vp-request spq
scvp-vp-response spp
sdp sdp
senml+xml senmlx
sensml+xml sensmlx
set-payment-initiation setpay
set-registration-initiation setreg
shf+xml shf
sieve sieve siv
smil+xml smi smil
sparql-query rq
sparql-results+xml srx
sql sql
srgs gram
srgs+xml grxml
sru+xml sru
ssdl+xml ssdl
ssml+xml ssml
swid+xml swidtag
tei+xml tei teicorpus
thraud+xml tfi
timestamped-data tsd
toml toml
trig trig
ttml+xml ttml
ubjson ubj
urc-ressheet+xml rsheet
urc-targetdesc+xml td
voicexml+xml vxml
wasm wasm
watcherinfo+xml wif
widget wgt
winhlp hlp
wsdl+xml wsdl
wspolicy+xml wspolicy
xaml+xml xaml
xcap-att+xml xav
xcap-caps+xml xca
xcap-diff+xml xdf
xcap-el+xml xel
xcap-ns+xml xns
xenc+xml xenc
xfdf xfdf
xhtml+xml xht xhtml
xliff+xml xlf
xml rng xml xsd xsl
xml-dtd dtd
xop+xml xop
xproc+xml xpl
xslt+xml xslt
xspf+xml xspf
xv+xml mxml xhvml xvm xvml
yang yang
yin+xml yin
zip zip
zip+dotlottie lottie

application/vnd.
1000minds.decision-model+xml 1km
3gpp.pic-bw-large plb
3gpp.pic-bw-small psb
3gpp.pic-bw-var pvb
3gpp2.tcap tcap
3m.post-it-notes pwn
accpac.simply.aso aso
accpac.simply.imp imp
acucobol acu
acucorp acutc atc
adobe.air-application-installer-package+zip air
adobe.formscentral.fcdt fcdt
adobe.fxp fxp fxpl
adobe.xdp+xml xdp
age age
ahead.space ahead
airzip.filesecure.azf azf
airzip.filesecure.azs azs
amazon.ebook azw
americandynamics.acc acc
amiga.ami ami
android.package-archive apk
anser-web-certificate-issue-initiation cii
anser-web-funds-transfer-initiation fti
antix.game-component atx
apple.installer+xml mpkg
apple.keynote key
apple.mpegurl m3u8
apple.numbers numbers
apple.pages pages
apple.pkpass pkpass
aristanetworks.swi swi
astraea-software.iota iota
audiograph aep
autodesk.fbx fbx
balsamiq.bmml+xml bmml
blueice.multipass mpm
bmi bmi
businessobjects rep
chemdraw+xml cdxml
chipnuts.karaoke-mmd mmd
cinderella cdy
citationstyles.style+xml csl
claymore cla
cloanto.rp9 rp9
clonk.c4group c4d c4f c4g c4p c4u
cluetrust.cartomobile-config c11amc
cluetrust.cartomobile-config-pkg c11amz
commonspace csp
contact.cmsg cdbcmsg
cosmocaller cmc
crick.clicker clkx
crick.clicker.keyboard clkk
crick.clicker.palette clkp
crick.clicker.template clkt
crick.clicker.wordbank clkw
criticaltools.wbs+xml wbs
ctc-posml pml
cups-ppd ppd
curl.car car
curl.pcurl pcurl
dart dart
data-vision.rdz rdz
dbf dbf
dcmp+xml dcmp
dece.data uvd uvf uvvd uvvf
dece.ttml+xml uvt uvvt
dece.unspecified uvvx uvx
dece.zip uvvz uvz
denovo.fcselayout-link fe_launch
dna dna
dolby.mlp mlp
dpgraph dpg
dreamfactory dfac
ds-keypoint kpxx
dvb.ait ait
dvb.service svc
dynageo geo
ecowin.chart mag
enliven nml
epson.esf esf
epson.msf msf
epson.quickanime qam
epson.salt slt
epson.ssf ssf
eszigno3+xml es3 et3
ezpix-album ez2
ezpix-package ez3
fdsn.mseed mseed
fdsn.seed dataless seed
flographit gph
fluxtime.clip ftc
framemaker book fm frame maker
frogans.fnc fnc
frogans.ltf ltf
fsc.weblaunch fsc
fujitsu.oasys oas
fujitsu.oasys2 oa2
fujitsu.oasys3 oa3
fujitsu.oasysgp fg5
fujitsu.oasysprs bh2
fujixerox.ddd ddd
fujixerox.docuworks xdw
fujixerox.docuworks.binder xbd
fuzzysheet fzs
genomatix.tuxedo txd
geogebra.file ggb
geogebra.slides ggs
geogebra.tool ggt
geometry-explorer gex gre
geonext gxt
geoplan g2w
geospace g3w
gmx gmx
google-apps.document gdoc
google-apps.drawing gdraw
google-apps.form gform
google-apps.jam gjam
google-apps.map gmap
google-apps.presentation gslides
google-apps.script gscript
google-apps.site gsite
google-apps.spreadsheet gsheet
google-earth.kml+xml kml
google-earth.kmz kmz
gov.sk.xmldatacontainer+xml xdcf
grafeq gqf gqs
groove-account gac
groove-help ghf
groove-identity-message gim
groove-injector grv
groove-tool-message gtm
groove-tool-template tpl
groove-vcard vcg
hal+xml hal
handheld-entertainment+xml zmm
hbci hbci
hhe.lesson-player les
hp-hpgl hpgl
hp-hpid hpid
hp-hps hps
hp-jlyt jlt
hp-pcl pcl
hp-pclxl pclxl
hydrostatix.sof-data sfd-hdstx
ibm.minipay mpy
ibm.modcap afp list3820 listafp
ibm.rights-management irm
ibm.secure-container sc
iccprofile icc icm
igloader igl
immervision-ivp ivp
immervision-ivu ivu
insors.igm igm
intercon.formnet xpw xpx
intergeo i2g
intu.qbo qbo
intu.qfx qfx
ipunplugged.rcprofile rcprofile
irepository.package+xml irp
is-xpr xpr
isac.fcs fcs
jam jam
jcp.javame.midlet-rms rms
jisp jisp
joost.joda-archive joda
kahootz ktr ktz
kde.karbon karbon
kde.kchart chrt
kde.kformula kfo
kde.kivio flw
kde.kontour kon
kde.kpresenter kpr kpt
kde.kspread ksp
kde.kword kwd kwt
kenameaapp htke
kidspiration kia
kinar kne knp
koan skd skm skp skt
kodak-descriptor sse
las.las+xml lasxml
llamagraphics.life-balance.desktop lbd
llamagraphics.life-balance.exchange+xml lbe
lotus-1-2-3 123
lotus-approach apr
lotus-freelance pre
lotus-notes nsf
lotus-organizer org
lotus-screencam scm
lotus-wordpro lwp
macports.portpkg portpkg
mapbox-vector-tile mvt
mcd mcd
medcalcdata mc1
mediastation.cdkey cdkey
mfer mwf
mfmp mfm
micrografx.flo flo
micrografx.igx igx
mif mif
mobius.daf daf
mobius.dis dis
mobius.mbk mbk
mobius.mqy mqy
mobius.msl msl
mobius.plc plc
mobius.txf txf
mophun.application mpn
mophun.certificate mpc
mozilla.xul+xml xul
ms-artgalry cil
ms-cab-compressed cab
ms-excel xla xlc xlm xls xlt xlw
ms-excel.addin.macroenabled.12 xlam
ms-excel.sheet.binary.macroenabled.12 xlsb
ms-excel.sheet.macroenabled.12 xlsm
ms-excel.template.macroenabled.12 xltm
ms-fontobject eot
ms-htmlhelp chm
ms-ims ims
ms-lrm lrm
ms-officetheme thmx
ms-outlook msg
ms-pki.seccat cat
ms-powerpoint pot pps ppt
ms-powerpoint.addin.macroenabled.12 ppam
ms-powerpoint.presentation.macroenabled.12 pptm
ms-powerpoint.slide.macroenabled.12 sldm
ms-powerpoint.slideshow.macroenabled.12 ppsm
ms-powerpoint.template.macroenabled.12 potm
ms-project mpt
ms-visio.viewer vdx
ms-word.document.macroenabled.12 docm
ms-word.template.macroenabled.12 dotm
ms-works wcm wdb wks wps
ms-wpl wpl
ms-xpsdocument xps
mseq mseq
musician mus
muvee.style msty
mynfc taglet
nato.bindingdataobject+xml bdo
neurolanguage.nlu nlu
nitf nitf ntf
noblenet-directory nnd
noblenet-sealer nns
noblenet-web nnw
nokia.n-gage.data ngdat
nokia.n-gage.symbian.install n-gage
nokia.radio-preset rpst
nokia.radio-presets rpss
novadigm.edm edm
novadigm.edx edx
novadigm.ext ext
oasis.opendocument.chart odc
oasis.opendocument.chart-template otc
oasis.opendocument.database odb
oasis.opendocument.formula odf
oasis.opendocument.formula-template odft
oasis.opendocument.graphics odg
oasis.opendocument.graphics-template otg
oasis.opendocument.image odi
oasis.opendocument.image-template oti
oasis.opendocument.presentation odp
oasis.opendocument.presentation-template otp
oasis.opendocument.spreadsheet ods
oasis.opendocument.spreadsheet-template ots
oasis.opendocument.text odt
oasis.opendocument.text-master odm
oasis.opendocument.text-template ott
oasis.opendocument.text-web oth
olpc-sugar xo
oma.dd2+xml dd2
openblox.game+xml obgx
openofficeorg.extension oxt
openstreetmap.data+xml osm
openxmlformats-officedocument.presentationml.presentation pptx
openxmlformats-officedocument.presentationml.slide sldx
openxmlformats-officedocument.presentationml.slideshow ppsx
openxmlformats-officedocument.presentationml.template potx
openxmlformats-officedocument.spreadsheetml.sheet xlsx
openxmlformats-officedocument.spreadsheetml.template xltx
openxmlformats-officedocument.wordprocessingml.document docx
openxmlformats-officedocument.wordprocessingml.template dotx
osgeo.mapguide.package mgp
osgi.dp dp
osgi.subsystem esa
palm oprc pdb pqa
pawaafile paw
pg.format str
pg.osasli ei6
picsel efif
pmi.widget wg
pocketlearn plf
powerbuilder6 pbd
previewsystems.box box
procrate.brushset brushset
procreate.brush brush
procreate.dream drm
proteus.magazine mgz
publishare-delta-tree qps
pvi.ptid1 ptid
pwg-xhtml-print+xml xhtm
quark.quarkxpress qwd qwt qxb qxd qxl qxt
rar rar
realvnc.bed bed
recordare.musicxml mxl
recordare.musicxml+xml musicxml
rig.cryptonote cryptonote
rim.cod cod
rn-realmedia rm
rn-realmedia-vbr rmvb
route66.link66+xml link66
sailingtracker.track st
seemail see
sema sema
semd semd
semf semf
shana.informed.formdata ifm
shana.informed.formtemplate itp
shana.informed.interchange iif
shana.informed.package ipk
simtech-mindmapper twd twds
smaf mmf
smart.teacher teacher
software602.filler.form+xml fo
solent.sdkm+xml sdkd sdkm
spotfire.dxp dxp
spotfire.sfs sfs
stardivision.calc sdc
stardivision.draw sda
stardivision.impress sdd
stardivision.math smf
stardivision.writer sdw vor
stardivision.writer-global sgl
stepmania.package smzip
stepmania.stepchart sm
sun.wadl+xml wadl
sun.xml.calc sxc
sun.xml.calc.template stc
sun.xml.draw sxd
sun.xml.draw.template std
sun.xml.impress sxi
sun.xml.impress.template sti
sun.xml.math sxm
sun.xml.writer sxw
sun.xml.writer.global sxg
sun.xml.writer.template stw
sus-calendar sus susp
svd svd
symbian.install sis sisx
syncml+xml xsm
syncml.dm+wbxml bdm
syncml.dm+xml xdm
syncml.dmddf+xml ddf
tao.intent-module-archive tao
tcpdump.pcap cap dmp pcap
tmobile-livetv tmo
trid.tpt tpt
triscape.mxs mxs
trueapp tra
ufdl ufd ufdl
uiq.theme utz
umajin umj
unity unityweb
uoml+xml uo uoml
vcx vcx
visio vsd vsdx vss vst vsw vtx
visionary vis
vsf vsf
wap.wbxml wbxml
wap.wmlc wmlc
wap.wmlscriptc wmlsc
webturbo wtb
wolfram.player nbp
wordperfect wpd
wqd wqd
wt.stf stf
xara xar
xfdl xfdl
yamaha.hv-dic hvd
yamaha.hv-script hvs
yamaha.hv-voice hvp
yamaha.openscoreformat osf
yamaha.openscoreformat.osfpvg+xml osfpvg
yamaha.smaf-audio saf
yamaha.smaf-phrase spf
yellowriver-custom-menu cmp
zul zir zirz
zzazz.deck+xml zaz

application/x-
7z-compressed 7z
abiword abw
ace-compressed ace
apple-diskimage dmg
arj arj
authorware-bin aab u32 vox x32
authorware-map aam
authorware-seg aas
bcpio bcpio
bittorrent torrent
blender blend
blorb blb blorb
bzip bz
bzip2 boz bz2
cbr cb7 cba cbr cbt cbz
cdlink vcd
cfs-compressed cfs
chat chat
chess-pgn pgn
chrome-extension crx
cocoa cco
conference nsc
cpio cpio
csh csh
debian-package deb udeb
dgc-compressed dgc
director cct cst cxt dcr dir dxr fgd swa w3d
doom wad
dtbncx+xml ncx
dtbook+xml dtb
dtbresource+xml res
dvi dvi
envoy evy
eva eva
font-bdf bdf
font-ghostscript gsf
font-linux-psf psf
font-pcf pcf
font-snf snf
font-type1 afm pfa pfb pfm
freearc arc
futuresplash spl
gca-compressed gca
glulx ulx
gnumeric gnumeric
gramps-xml gramps
gtar gtar
hdf hdf
httpd-php php
install-instructions install
ipynb+json ipynb
iso9660-image iso
java-archive-diff jardiff
java-jnlp-file jnlp
keepass2 kdbx
latex latex
lua-bytecode luac
lzh-compressed lha lzh
makeself run
mie mie
mobipocket-ebook mobi
ms-application application
ms-shortcut lnk
ms-wmd wmd
ms-wmz wmz
ms-xbap xbap
msaccess mdb
msbinder obd
mscardfile crd
msclip clp
msdos-program exe
msdownload bat com dll msi
msmediaview m13 m14 mvb
msmetafile emz
msmoney mny
mspublisher pub
msschedule scd
msterminal trm
mswrite wri
netcdf cdf nc
ns-proxy-autoconfig pac
nzb nzb
perl pl pm
pkcs12 p12 pfx
pkcs7-certificates p7b spc
pkcs7-certreqresp p7r
redhat-package-manager rpm
research-info-systems ris
sea sea
sh sh
shar shar
shockwave-flash swf
silverlight-app xap
stuffit sit
stuffitx sitx
subrip srt
sv4cpio sv4cpio
sv4crc sv4crc
t3vm-image t3
tads gam
tar tar
tcl tcl tk
tex tex
tex-tfm tfm
texinfo texi texinfo
ustar ustar
virtualbox-hdd hdd
virtualbox-ova ova
virtualbox-ovf ovf
virtualbox-vbox vbox
virtualbox-vbox-extpack vbox-extpack
virtualbox-vdi vdi
virtualbox-vhd vhd
virtualbox-vmdk vmdk
wais-source src
web-app-manifest+json webapp
x509-ca-cert crt der pem
xfig fig
xpinstall xpi
xz xz
zmachine z1 z2 z3 z4 z5 z6 z7 z8

audio/
aac aac adts
adpcm adp
amr amr
basic au snd
midi kar mid midi rmi
mobile-xmf mxmf
mp4 m4a m4b mp4a
mpeg m2a m3a mp2 mp2a mp3 mpga
ogg oga ogg opus spx
s3m s3m
silk sil
wav wav
webm weba
xm xm

audio/vnd.
dece.audio uva uvva
digital-winds eol
dra dra
dts dts
dts.hd dtshd
lucent.voice lvp
ms-playready.media.pya pya
nuera.ecelp4800 ecelp4800
nuera.ecelp7470 ecelp7470
nuera.ecelp9600 ecelp9600
rip rip

audio/x-
aiff aif aifc aiff
caf caf
flac flac
matroska mka
mpegurl m3u
ms-wax wax
ms-wma wma
pn-realaudio ra ram
pn-realaudio-plugin rmp

chemical/x-
cdx cdx
cif cif
cmdf cmdf
cml cml
csml csml
xyz xyz

font/
collection ttc
otf otf
ttf ttf
woff woff
woff2 woff2

image/
aces exr
apng apng
avci avci
avcs avcs
avif avif
bmp bmp dib
cgm cgm
dicom-rle drle
dpx dpx
emf emf
fits fits
g3fax g3
gif gif
heic heic
heic-sequence heics
heif heif
heif-sequence heifs
hej2k hej2
ief ief
jaii jaii
jais jais
jls jls
jp2 jp2 jpg2
jpeg jpe jpeg jpg
jph jph
jphc jhc
jpm jpgm jpm
jpx jpf jpx
jxl jxl
jxr jxr
jxra jxra
jxrs jxrs
jxs jxs
jxsc jxsc
jxsi jxsi
jxss jxss
ktx ktx
ktx2 ktx2
pjpeg jfif
png png
prs.btif btf btif
prs.pti pti
sgi sgi
svg+xml svg svgz
t38 t38
tiff tif tiff
tiff-fx tfx
webp webp
wmf wmf

image/vnd.
adobe.photoshop psd
airzip.accelerator.azv azv
dece.graphic uvg uvi uvvg uvvi
djvu djv djvu
dwg dwg
dxf dxf
fastbidsheet fbs
fpx fpx
fst fst
fujixerox.edmics-mmr mmr
fujixerox.edmics-rlc rlc
microsoft.icon ico
ms-dds dds
ms-modi mdi
ms-photo wdp
net-fpx npx
pco.b16 b16
tencent.tap tap
valve.source.texture vtf
wap.wbmp wbmp
xiff xif
zbrush.pcx pcx

image/x-
3ds 3ds
adobe-dng dng
cmu-raster ras
cmx cmx
freehand fh fh4 fh5 fh7 fhc
jng jng
mrsid-image sid
pict pct pic
portable-anymap pnm
portable-bitmap pbm
portable-graymap pgm
portable-pixmap ppm
rgb rgb
tga tga
xbitmap xbm
xpixmap xpm
xwindowdump xwd

message/
disposition-notification disposition-notification
global u8msg
global-delivery-status u8dsn
global-disposition-notification u8mdn
global-headers u8hdr
rfc822 eml mht mhtml mime

message/vnd.
wfa.wsc wsc

model/
3mf 3mf
gltf+json gltf
gltf-binary glb
iges iges igs
jt jt
mesh mesh msh silo
mtl mtl
obj obj
prc prc
step 210 p21 step stp stpnc
step+xml stpx
step+zip stpz
step-xml+zip stpxz
stl stl
u3d u3d
vrml vrml wrl
x3d+binary x3dbz
x3d+fastinfoset x3db
x3d+vrml x3dvz
x3d+xml x3d x3dz
x3d-vrml x3dv

model/vnd.
bary bary
cld cld
collada+xml dae
dwf dwf
gdl gdl
gtw gtw
opengex ogex
parasolid.transmit.binary x_b
parasolid.transmit.text x_t
pytha.pyox pyo pyox
sap.vds vds
usda usda
usdz+zip usdz
valve.source.compiled-map bsp
vtu vtu

text/
cache-manifest appcache manifest
calendar ics ifb
coffeescript coffee litcoffee
css css
csv csv
html htm html shtml
jade jade
javascript js mjs
jsx jsx
less less
markdown markdown md
mathml mml
mdx mdx
n3 n3
plain conf def in ini list log text txt
prs.lines.tag dsc
richtext rtx
sgml sgm sgml
shex shex
slim slim slm
spdx spdx
stylus styl stylus
tab-separated-values tsv
troff man me ms roff t tr
turtle ttl
uri-list uri uris urls
vcard vcard
vtt vtt
wgsl wgsl
yaml yaml yml

text/vnd.
curl curl
curl.dcurl dcurl
curl.mcurl mcurl
curl.scurl scurl
dvb.subtitle sub
familysearch.gedcom ged
fly fly
fmi.flexstor flx
graphviz gv
in3d.3dml 3dml
in3d.spot spot
sun.j2me.app-descriptor jad
wap.wml wml
wap.wmlscript wmls

text/x-
asm asm s
c c cc cpp cxx dic h hh
component htc
fortran f f77 f90 for
handlebars-template hbs
java-source java
lua lua
markdown mkd
nfo nfo
opml opml
pascal p pas
processing pde
sass sass
scss scss
setext etx
sfv sfv
suse-ymp ymp
uuencode uu
vcalendar vcs
vcard vcf

video/
3gpp 3gp 3gpp
3gpp2 3g2
h261 h261
h263 h263
h264 h264
iso.segment m4s
jpeg jpgv
mj2 mj2 mjp2
mp2t m2t m2ts mts ts
mp4 mp4 mp4v mpg4
mpeg m1v m2v mpe mpeg mpg
ogg ogv
quicktime mov qt
webm webm

video/vnd.
dece.hd uvh uvvh
dece.mobile uvm uvvm
dece.pd uvp uvvp
dece.sd uvs uvvs
dece.video uvv uvvv
dvb.file dvb
fvt fvt
mpegurl m4u mxu
ms-playready.media.pyv pyv
uvvu.mp4 uvu uvvu
vivo viv

video/x-
f4v f4v
fli fli
flv flv
m4v m4v
matroska mk3d mks mkv
mng mng
ms-asf asf asx
ms-vob vob
ms-wm wm
ms-wmv wmv
ms-wmx wmx
ms-wvx wvx
msvideo avi
sgi-movie movie
smv smv

x-conference/x-
cooltalk ice`;

/** Charsets of media types below application/, where they have one of their own. */
export const CHARSETS = `3gpdash-qoe-report+xml utf-8
beep+xml utf-8
cda+xml utf-8
elm+json utf-8
emergencycalldata.cap+xml utf-8
fhir+json utf-8
fhir+xml utf-8
hl7v2+xml utf-8
im-iscomposing+xml utf-8
javascript utf-8
json utf-8
manifest+json utf-8
msc-ivr+xml utf-8
msc-mixer+xml utf-8
news-checkgroups us-ascii
news-groupinfo us-ascii
pidf+xml utf-8
pidf-diff+xml utf-8
poc-settings+xml utf-8
prs.cyn 7-bit
vnd.fdsn.stationxml+xml xml-based
vnd.omads-email+xml utf-8
vnd.omads-file+xml utf-8
vnd.omads-folder+xml utf-8
vnd.syncml+xml utf-8
vnd.syncml.dm+wbxml utf-8
vnd.syncml.dm+xml utf-8
vnd.syncml.dmddf+xml utf-8
vnd.syncml.dmtnds+xml utf-8
vnd.wap.wbxml utf-8`;
