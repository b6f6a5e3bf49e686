package store

import (
	"bytes"
	"fmt"

	"onestep/bot"
	"onestep/dialogs"
)

// appendState writes a conversation behind dst. Its id is the name of its key,
// and its version stands beside it.
func appendState(dst []byte, c *bot.Conversation) []byte {
	f := fields{dst: dst}
	conversation(&f, c)
	if c.Patient != nil {
		dialog(&f, &c.Patient.Dialog)
	}
	return f.dst
}

// readState reads what appendState wrote.
func readState(r *column) (*bot.Conversation, error) {
	f, c := fields{column: *r, reads: true}, new(bot.Conversation)
	conversation(&f, c)
	if c.Patient != nil {
		dialog(&f, &c.Patient.Dialog)
	}
	*r = f.column
	return c, r.error()
}

func (c *column) error() error {
	if c.bad {
		return fmt.Errorf("a state has an unknown form: %w", ErrSealed)
	}
	return nil
}

// count reads how many things follow; more than there are bytes cannot be.
func (c *column) count() int {
	n := c.uvarint()
	if n > uint64(len(c.b)) {
		c.fail()
		return 0
	}
	return int(n)
}

func conversation(f *fields, c *bot.Conversation) {
	s := f.begin()
	name(f, &c.Role)
	f.text(&c.Team)
	list(f, &c.Chats, chat)
	f.text(&c.Zone)
	f.text(&c.Language)
	table(f, &c.Timers, (*fields).time)
	pointer(f, &c.Patient, patient)
	pointer(f, &c.Worker, worker)
	pointer(f, &c.Crew, func(f *fields, c *bot.Crew) {
		s := f.begin()
		f.texts(&c.Workers)
		table(f, &c.Alerts, func(f *fields, a **bot.Alert) { pointer(f, a, alert) })
		f.end(s)
	})
	list(f, &c.Gone, chat)
	f.text(&c.Joined)
	f.text(&c.Heir)
	f.time(&c.Left)
	table(f, &c.Doors, (*fields).text)
	name(f, &c.ZoneFrom)
	f.time(&c.ZoneAt)
	f.end(s)
}

func chat(f *fields, c *bot.Chat) {
	s := f.begin()
	name(f, &c.Platform)
	f.text(&c.ID)
	f.text(&c.Thread)
	f.end(s)
}

// patient is all but the dialog, which stands behind the conversation.
func patient(f *fields, p *bot.Patient) {
	s := f.begin()
	f.text(&p.Case)
	f.text(&p.WorkerID)
	f.text(&p.Worker)
	f.time(&p.Enrolled)
	f.bool(&p.Unreachable)
	list(f, &p.Weeks, week)
	table(f, &p.Nudged, (*fields).time)
	f.text(&p.Showing)
	pointer(f, &p.Alert, alert)
	pointer(f, &p.Undo, func(f *fields, u *bot.Undo) {
		s := f.begin()
		list(f, &u.Weeks, week)
		list(f, &u.Nudged, func(f *fields, r *bot.Raised) {
			s := f.begin()
			f.text(&r.ID)
			name(f, &r.Trigger)
			f.end(s)
		})
		f.end(s)
	})
	pointer(f, &p.Pending, func(f *fields, p *bot.Pending) {
		s := f.begin()
		f.text(&p.Text)
		f.text(&p.Token)
		f.time(&p.Since)
		f.end(s)
	})
	table(f, &p.Waits, func(f *fields, w *bot.Wait) {
		s := f.begin()
		f.time(&w.Due)
		f.texts(&w.Held)
		f.end(s)
	})
	list(f, &p.Contacts, (*fields).time)
	f.bool(&p.Passed)
	list(f, &p.Alerts, alerts)
	f.bool(&p.Unseen)
	f.end(s)
}

func week(f *fields, w *bot.Week) {
	s := f.begin()
	f.day(&w.Of)
	whole(f, &w.Sent)
	whole(f, &w.Answered)
	whole(f, &w.GoalsSet)
	whole(f, &w.GoalsReached)
	whole(f, &w.GoalsChanged)
	whole(f, &w.Moved)
	f.bool(&w.Scored)
	f.end(s)
}

func alert(f *fields, a *bot.Alert) {
	s := f.begin()
	f.text(&a.ID)
	name(f, &a.Trigger)
	f.time(&a.Raised)
	f.texts(&a.Told)
	f.bool(&a.Seen)
	f.texts(&a.Lost)
	whole(f, &a.Rounds)
	name(f, &a.About)
	f.text(&a.Case)
	f.text(&a.Of)
	f.text(&a.Worker)
	f.text(&a.By)
	f.time(&a.News)
	f.end(s)
}

func alerts(f *fields, a *bot.Alerts) {
	s := f.begin()
	f.day(&a.Of)
	whole(f, &a.Raised)
	whole(f, &a.InTime)
	f.end(s)
}

func worker(f *fields, w *bot.Worker) {
	s := f.begin()
	f.text(&w.Name)
	f.bool(&w.Lead)
	table(f, &w.Caseload, (*fields).text)
	list(f, &w.Nudges, nudge)
	var counted []bot.Alerts // by the worker's side, in releases before
	list(f, &counted, alerts)
	pointer(f, &w.Own, alert)
	f.bool(&w.Away)
	f.end(s)
}

func nudge(f *fields, n *bot.Nudge) {
	s := f.begin()
	f.text(&n.ID)
	f.text(&n.Case)
	f.text(&n.Patient)
	name(f, &n.Trigger)
	f.time(&n.Raised)
	f.bool(&n.Seen)
	f.bool(&n.Copy)
	f.bool(&n.Waits)
	name(f, &n.About)
	f.text(&n.Worker)
	f.bool(&n.Told)
	f.end(s)
}

// dialog is a dialog's state; if the last answer can be taken back, its value
// and the state before it stand behind it. Of facts before it those are written
// that were other ones, and the rest only if it was another one.
func dialog(f *fields, s *dialogs.State) {
	values(f, &s.Facts)
	pointer(f, &s.Session, session)
	start := len(f.dst)
	rest(f, s)
	end := len(f.dst)
	undone := s.Undo != nil
	if f.bool(&undone); !undone {
		return
	}
	if f.reads {
		s.Undo = new(dialogs.Undo)
	}
	u := s.Undo
	value(f, &u.Value)
	f.bool(&u.Doubt)
	valuesBefore(f, &u.Before.Facts, s.Facts)
	pointer(f, &u.Before.Session, session)
	if !f.reads {
		same := len(f.dst)
		f.dst = append(f.dst, 0)
		rest(f, &u.Before)
		if bytes.Equal(f.dst[start:end], f.dst[same+1:]) {
			f.dst = append(f.dst[:same], 1)
		}
		return
	}
	var same bool
	if f.bool(&same); !same {
		rest(f, &u.Before)
		return
	}
	was := *s
	was.Facts, was.Session, was.Undo = u.Before.Facts, u.Before.Session, nil
	u.Before = was
}

// rest is what of a dialog's state is small.
func rest(f *fields, d *dialogs.State) {
	s := f.begin()
	list(f, &d.Waiting, func(f *fields, d *dialogs.Due) {
		s := f.begin()
		name(f, &d.Script)
		f.time(&d.At)
		f.time(&d.Expires)
		f.end(s)
	})
	table(f, &d.Schedules, schedule)
	f.bool(&d.Stopped)
	f.time(&d.PausedUntil)
	f.bool(&d.Held)
	whole(f, &d.Missed)
	name(f, &d.Said)
	f.text(&d.Awake.From)
	f.text(&d.Awake.To)
	list(f, &d.Lately, func(f *fields, w *dialogs.Written) {
		s := f.begin()
		f.time(&w.At)
		f.text(&w.Text)
		f.end(s)
	})
	f.end(s)
}

func schedule(f *fields, d *dialogs.Schedule) {
	s := f.begin()
	whole(f, &d.Weekly)
	whole(f, &d.Every)
	f.day(&d.On)
	f.text(&d.At)
	f.time(&d.From)
	whole(f, &d.Days)
	whole(f, &d.Months)
	whole(f, &d.Nth)
	whole(f, &d.Day)
	f.day(&d.First)
	f.day(&d.Until)
	f.day(&d.Last)
	f.text(&d.Instead)
	f.day(&d.Had)
	f.end(s)
}

func session(f *fields, d *dialogs.Session) {
	s := f.begin()
	f.text(&d.Edition)
	list(f, &d.Frames, func(f *fields, d *dialogs.Frame) {
		s := f.begin()
		name(f, &d.Script)
		name(f, &d.Step)
		values(f, &d.Vars)
		pointer(f, &d.Resume, question)
		f.end(s)
	})
	pointer(f, &d.Open, question)
	list(f, &d.Asked, asked)
	f.time(&d.Began)
	f.bool(&d.Replied)
	f.bool(&d.Reminded)
	f.bool(&d.Questioned)
	f.end(s)
}

func asked(f *fields, p *dialogs.Place) {
	s := f.begin()
	whole(f, &p.Depth)
	name(f, &p.Script)
	name(f, &p.Step)
	list(f, &p.Was, func(f *fields, w *dialogs.Was) {
		s := f.begin()
		name(f, &w.Name)
		pointer(f, &w.Value, value)
		f.end(s)
	})
	f.end(s)
}

func question(f *fields, q *dialogs.Question) {
	s := f.begin()
	f.text(&q.Token)
	f.bool(&q.Repaired)
	f.end(s)
}

func values(f *fields, vs *dialogs.Values) {
	if f.reads {
		*vs = f.values()
	} else {
		f.dst = appendValues(f.dst, *vs)
	}
}

func valuesBefore(f *fields, vs *dialogs.Values, now dialogs.Values) {
	if f.reads {
		*vs = f.valuesBefore(now)
	} else {
		f.dst = appendValuesBefore(f.dst, *vs, now)
	}
}

func value(f *fields, v *dialogs.Value) {
	if f.reads {
		*v = f.value()
	} else {
		f.dst = appendValue(f.dst, *v)
	}
}
