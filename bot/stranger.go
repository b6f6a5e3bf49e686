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
	if found, err := t.danger(u); found || err != nil {
		return err
	}
	t.say(t.phrase("stranger", nil))
	return nil
}

// danger runs the distress rule for people without a dialog of their own. A
// worker's words raise an alert among their colleagues, whether they are about
// the worker or about somebody else; for a stranger there is nobody to tell, and
// the words say so.
func (t *turn) danger(u Update) (bool, error) {
	ev := dialogs.Event{
		Kind: dialogs.Replied, Text: u.Text, At: t.at, Zone: t.zone(),
		Turn: t.number(), Language: t.language(), About: t.host(),
	}
	effects, rule, found := dialogs.Danger(t.Scripts.Current(), ev, false)
	if !found {
		return false, nil
	}
	t.note(Entry{What: "distress", Rule: string(rule)})
	if t.conv.Role == WorkerRole {
		told := t.alertColleagues(t.nudgeID(0), dialogs.Nudge{Trigger: dialogs.Distress, Rule: rule})
		effects, _, _ = dialogs.Danger(t.Scripts.Current(), ev, told)
	}
	for i, e := range effects {
		t.effect(i, e)
	}
	return true, nil
}
