// Sends CloudEvents as the Go SDK does, with Go's own HTTP client: canonical field names, values in UTF-8
// without percent-encoding, the members of the JSON format in the SDK's order.
//
// Reads one JSON object a line from stdin, writes the status and the body of each answer to stdout.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"os"
	"sort"
	"strconv"
	"strings"
)

type event struct {
	Attributes map[string]string          `json:"attributes"`
	Extensions map[string]json.RawMessage `json:"extensions"`
	// JSON text, or any other text.
	Data *string `json:"data"`
	// Base64.
	Bytes *string `json:"bytes"`
}

type message struct {
	Mode   string  `json:"mode"`
	Events []event `json:"events"`
}

func main() {
	url := os.Args[1]
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var sent message
		check(json.Unmarshal(lines.Bytes(), &sent))
		request := requestOf(url, sent)
		response, err := http.DefaultClient.Do(request)
		check(err)
		text, err := io.ReadAll(response.Body)
		check(err)
		response.Body.Close()
		answer, err := json.Marshal([]interface{}{response.StatusCode, string(text)})
		check(err)
		fmt.Println(string(answer))
	}
}

func requestOf(url string, sent message) *http.Request {
	header := http.Header{}
	var body []byte
	switch sent.Mode {
	case "binary":
		body = writeBinary(header, sent.Events[0])
	case "structured":
		header.Set("Content-Type", "application/cloudevents+json")
		body = writeJSON(sent.Events[0])
	case "batch":
		header.Set("Content-Type", "application/cloudevents-batch+json")
		var parts [][]byte
		for _, one := range sent.Events {
			parts = append(parts, writeJSON(one))
		}
		body = append(append([]byte("["), bytes.Join(parts, []byte(","))...), ']')
	}
	request, err := http.NewRequest("POST", url, bytes.NewReader(body))
	check(err)
	for name, values := range header {
		request.Header[name] = values
	}
	return request
}

func writeBinary(header http.Header, one event) []byte {
	for name, value := range one.Attributes {
		if name == "datacontenttype" {
			header.Set("Content-Type", value)
		} else {
			header[textproto.CanonicalMIMEHeaderKey("ce-"+name)] = []string{value}
		}
	}
	for name, value := range one.Extensions {
		key := "ce-" + strings.ToUpper(name[:1]) + name[1:]
		header[key] = []string{canonical(value)}
	}
	return one.data()
}

// The canonical string of a Boolean, an Integer or a String.
func canonical(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}

func (one event) data() []byte {
	if one.Bytes != nil {
		decoded, err := base64.StdEncoding.DecodeString(*one.Bytes)
		check(err)
		return decoded
	}
	if one.Data != nil {
		return []byte(*one.Data)
	}
	return nil
}

func writeJSON(one event) []byte {
	var members []string
	add := func(name string, value string) { members = append(members, quote(name)+":"+value) }
	order := []string{
		"specversion", "id", "source", "type", "subject", "datacontenttype", "dataschema", "time",
	}
	for _, name := range order {
		if value, ok := one.Attributes[name]; ok {
			add(name, quote(value))
		}
	}
	mediaType := strings.ToLower(strings.Split(one.Attributes["datacontenttype"], ";")[0])
	isJSON := mediaType == "" || strings.HasSuffix(mediaType, "/json") || strings.HasSuffix(mediaType, "+json")
	switch {
	case one.Bytes != nil:
		add("data_base64", quote(*one.Bytes))
	case one.Data != nil && isJSON:
		add("data", *one.Data)
	case one.Data != nil:
		add("data", quote(*one.Data))
	}
	var names []string
	for name := range one.Extensions {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		add(name, string(one.Extensions[name]))
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

func quote(text string) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(text))
	return strings.TrimSpace(buffer.String())
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, strconv.Quote(err.Error()))
		os.Exit(1)
	}
}
