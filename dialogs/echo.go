package dialogs

import (
	"strings"

	"onestep/dialogs/reply"
)

// Between dialogs, and after a stop or a pause, every message of the person gets
// an answer. The same answer again and again would show a machine that does not
// listen, so the third time in a row another one is given that is as true. A
// stop is always told that it is one.

// otherAnswer is that other answer.
var otherAnswer = map[string]string{"stopped": "noted", "paused": "noted", "old-button": "noted", "edited": "noted", "noted": "help", "media": "help"}

const (
	phrasePath = "phrases/" // stands before the key of a phrase where a step would be named
	twice      = "+"        // stands behind the key of a phrase that was said twice in a row
)

// fresh is the phrase to say where this one is due.
func (t *turn) fresh(key string) string {
	if other, ok := otherAnswer[key]; ok && t.s.Said == key+twice && !t.wishes(reply.Stop) {
		return other
	}
	return key
}

// rememberSaid keeps what was said last for the next turn. A turn that says
// nothing changes nothing.
func (t *turn) rememberSaid() {
	before := t.s.Said
	for _, e := range t.out {
		switch e := e.(type) {
		case Say:
			key := strings.TrimPrefix(e.Step, phrasePath)
			t.s.Said = ""
			if key != e.Step && otherAnswer[key] != "" {
				t.s.Said = key
				if before == key || before == key+twice {
					t.s.Said = key + twice
				}
			}
		case Ask:
			t.s.Said = ""
		}
	}
}
