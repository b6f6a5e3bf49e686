package slack

import (
	"encoding/json"
	"strconv"
	"strings"
)

// picture is an emoji element of rich text: the text beside it says :name:, and
// here stands which character that is. An emoji of the workspace's own has none.
type picture struct {
	Type     string          `json:"type"`
	Name     string          `json:"name"`
	Unicode  string          `json:"unicode"` // such as 1f1ec-1f1e7
	SkinTone int             `json:"skin_tone"`
	Elements json.RawMessage `json:"elements"`
}

// pictures turns :name: back into what the person typed or tapped, for the
// names that the rich text beside it explains. A time such as 10:30:00 stays.
func pictures(words string, blocks json.RawMessage) string {
	if !strings.Contains(words, ":") {
		return words
	}
	var pairs []string
	gather(blocks, &pairs, 0)
	if len(pairs) == 0 {
		return words
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

// maxDepth is deeper than rich text goes: list, section, element.
const maxDepth = 6

// gather collects names and characters. What it cannot read it passes over.
func gather(raw json.RawMessage, pairs *[]string, depth int) {
	var list []json.RawMessage
	if depth > maxDepth || json.Unmarshal(raw, &list) != nil {
		return
	}
	for _, raw := range list {
		var p picture
		if json.Unmarshal(raw, &p) != nil {
			continue
		}
		if p.Type != "emoji" {
			gather(p.Elements, pairs, depth+1)
			continue
		}
		if shown := characters(p.Unicode); shown != "" && p.Name != "" {
			name := ":" + p.Name + ":"
			if p.SkinTone > 0 { // before the bare name: the first that fits wins
				toned := name + ":skin-tone-" + strconv.Itoa(p.SkinTone) + ":"
				*pairs = append([]string{toned, shown}, *pairs...)
				continue
			}
			*pairs = append(*pairs, name, shown)
		}
	}
}

// characters reads code points written in hexadecimal with dashes between.
func characters(codes string) string {
	if codes == "" {
		return ""
	}
	var b strings.Builder
	for _, c := range strings.Split(codes, "-") {
		r, err := strconv.ParseUint(c, 16, 21)
		if err != nil {
			return ""
		}
		b.WriteRune(rune(r))
	}
	return b.String()
}
