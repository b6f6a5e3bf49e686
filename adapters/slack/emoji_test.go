package slack

import (
	"encoding/json"
	"testing"
)

func TestPictures(t *testing.T) {
	t.Parallel()
	rich := func(elements string) json.RawMessage {
		return json.RawMessage(`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + elements + `]}]}]`)
	}
	smile := `{"type":"emoji","name":"slightly_smiling_face","unicode":"1f642"}`
	for name, c := range map[string]struct {
		words  string
		blocks json.RawMessage
		want   string
	}{
		"a smile":           {"fine :slightly_smiling_face:", rich(`{"type":"text","text":"fine "},` + smile), "fine 🙂"},
		"joined characters": {":flag-gb:", rich(`{"type":"emoji","name":"flag-gb","unicode":"1f1ec-1f1e7"}`), "🇬🇧"},
		"a skin tone": {":wave::skin-tone-3: and :wave:", rich(`{"type":"emoji","name":"wave","unicode":"1f44b"},{"type":"emoji","name":"wave","unicode":"1f44b-1f3fc","skin_tone":3}`),
			"👋🏼 and 👋"},
		"a time stays":             {"at 10:30:45 :slightly_smiling_face:", rich(smile), "at 10:30:45 🙂"},
		"the workspace's own":      {":our_dog:", rich(`{"type":"emoji","name":"our_dog"}`), ":our_dog:"},
		"typed, not a picture":     {":smile:", rich(`{"type":"text","text":":smile:"}`), ":smile:"},
		"in a list":                {"• :slightly_smiling_face:", json.RawMessage(`[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[` + smile + `]}]}]}]`), "• 🙂"},
		"no blocks":                {":smile:", nil, ":smile:"},
		"blocks of another shape":  {":smile:", json.RawMessage(`{"type":"emoji"}`), ":smile:"},
		"codes that are none":      {":smile:", rich(`{"type":"emoji","name":"smile","unicode":"grin"}`), ":smile:"},
		"one element is not right": {":slightly_smiling_face:", rich(`7,` + smile), "🙂"},
	} {
		if got := pictures(c.words, c.blocks); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
