package slackfake

import "strings"

// emojis are the pictures this Slack knows: Slack sends a picture as its name,
// and says in the rich text beside it which characters that is.
var emojis = []struct{ shown, name, unicode string }{
	{"👩‍👩‍👧", "woman-woman-girl", "1f469-200d-1f469-200d-1f467"},
	{"🇬🇧", "flag-gb", "1f1ec-1f1e7"},
	{"🙂", "slightly_smiling_face", "1f642"},
	{"👍", "+1", "1f44d"},
}

// named is words with pictures as names.
func named(words string) string {
	for _, e := range emojis {
		words = strings.ReplaceAll(words, e.shown, ":"+e.name+":")
	}
	return words
}

// richText is the block in which Slack tells what a person typed.
func richText(words string) []any {
	var elements []any
	for words != "" {
		at, picture := len(words), -1
		for i, e := range emojis {
			if j := strings.Index(words, e.shown); j >= 0 && j < at {
				at, picture = j, i
			}
		}
		if at > 0 {
			elements = append(elements, map[string]any{"type": "text", "text": words[:at]})
		}
		if picture < 0 {
			break
		}
		e := emojis[picture]
		elements = append(elements, map[string]any{"type": "emoji", "name": e.name, "unicode": e.unicode})
		words = words[at+len(e.shown):]
	}
	return []any{map[string]any{"type": "rich_text", "block_id": "rt1", "elements": []any{
		map[string]any{"type": "rich_text_section", "elements": elements},
	}}}
}
