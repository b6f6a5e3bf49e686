package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// What a person never got counts nowhere: not among the contacts of their week, not
// in the summary, and not as a check-in that they left without a reply. A turn
// counts what it says when it is committed, so whoever learns that it did not
// arrive takes that back.

// undeliveredLine is the line of the journal of a message that was given up.
const undeliveredLine = "undelivered"

// Why a message did not arrive, as it stands in that line.
const (
	lostGone    = "gone"    // no chat of theirs can be reached
	lostRefused = "refused" // the platform does not take it, and would not take it again
	lostOld     = "old"     // it could not be sent for a day
)

// arrivedLine is the line of the journal of the first message of a contact that
// arrived later than its turn was. Where there is none, that is when it arrived.
const arrivedLine = "arrived"

// arrivedLate writes that line.
func (b *Bot) arrivedLate(ctx context.Context, l Leased) error {
	return b.take(ctx, arrivedLine, l.Conversation, l.ID+".arrived", func(t *turn) error {
		if t.conv.Patient == nil { // erased since
			t.nothing()
			return nil
		}
		t.note(Entry{What: arrivedLine, Rule: l.Why})
		return nil
	})
}

// missed notes that a question of a session did not reach the person. When it
// was the first, nothing of that check-in is known to have done so.
func (t *turn) missed(s *dialogs.Session) {
	p := t.conv.Patient
	if s == nil || s.Replied || s.Reminded || p.Unseen {
		return
	}
	p.Unseen = p.Dialog.Session != nil
	if weekly(s) {
		t.week(s.Began).Sent--
	}
	// The words that called it off are no answer to it.
	if after := p.Dialog.Session; after != nil && after.Replied && after.Began.Equal(s.Began) && weekly(s) {
		t.week(s.Began).Answered--
	}
}

// arrived notes that a question of the open dialog has reached the person after
// all.
func (t *turn) arrived() {
	p := t.conv.Patient
	s := p.Dialog.Session
	if !p.Unseen || s == nil {
		return
	}
	p.Unseen = false
	if weekly(s) {
		t.week(s.Began).Sent++
	}
}

// meets looks, after a step, whether somebody who has not seen their check-in has
// come upon it: they write, and its question stands open.
func (t *turn) meets(before dialogs.State) {
	p := t.conv.Patient
	now, was := p.Dialog.Session, before.Session
	switch {
	case !p.Unseen:
	case now == nil || was == nil || !now.Began.Equal(was.Began): // it is over
		p.Unseen = false
	case t.class == Answer && now.Replied && !p.Dialog.Held && !interrupted(p.Dialog):
		t.arrived()
		if was.Replied && weekly(now) { // else count sees that they reply
			t.week(now.Began).Answered++
		}
	}
}

func weekly(s *dialogs.Session) bool { return len(s.Frames) > 0 && s.Frames[0].Script == "weekly" }

// uncontacted takes back contacts of which this turn has learned that none of their
// messages arrived. The journal knows what was said for a reason, and what of
// that failed.
func (t *turn) uncontacted() error {
	p := t.conv.Patient
	if p == nil || len(p.Contacts) == 0 || !slices.ContainsFunc(t.journal, Entry.failed) {
		return nil
	}
	recent, err := t.Store.Recent(t.ctx, t.conv.ID, whyEntries)
	if err != nil {
		return err
	}
	all := append(slices.Clip(recent), t.journal...)
	for _, e := range t.journal {
		if at, none := noneArrived(all, e.Rule); e.failed() && none {
			p.Contacts = slices.DeleteFunc(slices.Clone(p.Contacts), contactOf(e.Rule, at).Equal)
		}
	}
	return nil
}

// failed tells whether it is the line of a message sent first that will not arrive.
func (e Entry) failed() bool {
	return (e.What == calledOff || e.What == undeliveredLine) && strings.HasPrefix(e.Rule, "why=")
}

// noneArrived tells whether nothing arrived of what was said first for a reason,
// and when that was said. One message may have failed twice: called off while it
// was on its way, and then refused.
func noneArrived(journal []Entry, why string) (at time.Time, none bool) {
	said, failed, turn := 0, map[string]bool{}, uint64(0)
	for _, e := range journal {
		switch {
		case e.failed() && e.Rule == why:
			failed[e.Name] = true
		case e.What != "said" && e.What != "asked":
		case e.Rule == why:
			at, turn, said = e.At, e.Turn, 1
		case turn > 0 && e.Turn == turn:
			said++
		}
	}
	return at, said > 0 && len(failed) >= said
}
