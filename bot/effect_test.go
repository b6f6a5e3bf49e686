package bot

import (
	"testing"

	"onestep/dialogs"
)

// Words of safety pass by quiet hours and the weekly cap, also in a turn of a
// timer; what is said beside them does not.
func TestSafetyWordsAreNeverPlanned(t *testing.T) {
	t.Parallel()
	timer := &turn{conv: &Conversation{ID: "wren", Chats: []Chat{{Platform: "test", ID: "patient"}}}, class: Planned}
	timer.effect(0, dialogs.Say{Text: "If life is at risk call 999.", Safety: true})
	timer.effect(1, dialogs.Say{Text: "Hello again."})
	if len(timer.outbox) != 2 || timer.outbox[0].Class != Answer || timer.outbox[1].Class != Planned {
		t.Errorf("committed are %+v", timer.outbox)
	}
}
