package bot

import "onestep/dialogs"

// strangerUpdate answers someone the bot does not know. The distress rule holds
// for them too; there is nobody to alert, and the words say so.
func (t *turn) strangerUpdate(u Update) error {
	switch u.Kind {
	case Left, Joined:
		t.nothing()
		return nil
	}
	if t.danger(u) {
		return nil
	}
	t.say(t.phrase("stranger", nil))
	return nil
}

// danger runs the distress rule for people without a dialog of their own.
func (t *turn) danger(u Update) bool {
	ev := dialogs.Event{
		Kind: dialogs.Replied, Text: u.Text, At: t.at, Zone: t.zone(),
		Turn: t.number(), Language: t.language(), About: t.host(),
	}
	effects, rule, found := dialogs.Danger(t.Scripts.Current(), ev)
	if !found {
		return false
	}
	for i, e := range effects {
		t.effect(i, e)
	}
	t.note(Entry{What: "distress", Rule: string(rule)})
	return true
}
