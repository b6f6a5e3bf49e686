package transcript

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs"
)

// stale is how long after its time a planned script still makes sense, as the
// bot has it.
const stale = 24 * time.Hour

// Player is a host for one person, without a platform or a store. It takes the
// lines of a transcript one by one. It is not safe for concurrent use.
type Player struct {
	// Watch is told of each turn, if it is set.
	Watch func(Turn)

	edition  *dialogs.Edition
	older    []*dialogs.Edition
	state    dialogs.State
	at       time.Time
	zone     *time.Location
	language string
	about    dialogs.Host
	// saysHours and saysReads are set when the transcript has words for them.
	saysHours, saysReads bool

	turn  uint64
	timer time.Time // of the open question
	token string    // of the question that the timer is for
	old   string    // token of an earlier question
	asked dialogs.Ask
	out   []string
}

// Turn is one event and what came of it.
type Turn struct {
	Before, After dialogs.State
	Event         dialogs.Event
	Effects       []dialogs.Effect
	// Steps are those taken, as dialogs.Trace tells them.
	Steps []string
}

// office are the hours of the team, where a transcript does not say when
// people read; they are at work.
var office = dialogs.Hours{Days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, From: 9 * 60, To: 17 * 60}

// host is what scripts may quote, in the person's language.
func (p *Player) host() dialogs.Host {
	about := p.about
	if !p.saysHours {
		about.Hours = p.edition.Hours(office, p.language)
	}
	if !p.saysReads {
		about.Reads = p.edition.Reads(p.at, p.at, p.language)
	}
	return about
}

// NewPlayer is a person of whom nothing is known yet, on Monday 2 March 2026 at
// ten, in England.
func NewPlayer(e *dialogs.Edition) *Player {
	return &Player{
		edition: e, language: "en",
		at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), zone: time.UTC,
		about: dialogs.Host{Worker: "Sam", Team: "Riverside", Nation: "england"},
	}
}

// Do plays one line of the margin and gives what follows from it, line by line
// as a transcript has it. An error means that the line cannot be played.
func (p *Player) Do(text string) ([]string, error) {
	p.out = nil
	err := p.happen(text)
	return p.out, err
}

// Publish goes on with other scripts; those of before stay at hand for what is
// pinned to them.
func (p *Player) Publish(e *dialogs.Edition) {
	p.older, p.edition = append(p.older, p.edition), e
}

// State is what is kept of the person. The caller must not change it.
func (p *Player) State() dialogs.State { return p.state }

// Asked is the last question shown, with its buttons.
func (p *Player) Asked() dialogs.Ask { return p.asked }

// Next is when something falls due by itself; zero when nothing will.
func (p *Player) Next() time.Time {
	at, _, _ := p.next()
	return at
}

// At is the time that it is now.
func (p *Player) At() time.Time { return p.at }

func (p *Player) happen(text string) error {
	if key, words, ok := strings.Cut(text, ":"); ok {
		words = strings.TrimSpace(strings.ReplaceAll(words, `\n`, "\n"))
		switch key {
		case "patient":
			return p.step(dialogs.Event{Kind: dialogs.Replied, Text: words})
		case "edit":
			return p.step(dialogs.Event{Kind: dialogs.Edited, Text: words})
		case "media":
			return p.step(dialogs.Event{Kind: dialogs.Media, Text: words})
		case "propose":
			return p.propose(words)
		}
	}
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "begin":
		if _, ok := p.edition.Script(rest); !ok {
			return fmt.Errorf("there is no script %q", rest)
		}
		return p.step(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: rest, At: p.at, Expires: p.at.Add(stale)}})
	case "press":
		return p.press(rest)
	case "press-old":
		return p.step(dialogs.Event{Kind: dialogs.Pressed, Token: p.old, Choice: rest})
	case "release":
		return p.step(dialogs.Event{Kind: dialogs.Released})
	case "false-alarm":
		return p.step(dialogs.Event{Kind: dialogs.FalseAlarm})
	case "wait":
		d, err := time.ParseDuration(rest)
		if err != nil || d <= 0 {
			return fmt.Errorf("wait: a time such as 48h or 30m, not %q", rest)
		}
		return p.wait(p.at.Add(d))
	case "state":
		p.showState()
		return nil
	}
	return fmt.Errorf("unknown line %q; it is begin, patient:, press, press-old, edit:, media:, propose:, release, false-alarm, wait or state", text)
}

// propose is the worker's: the words wait, for two weeks as the bot has it,
// until the script that offers them begins.
func (p *Player) propose(words string) error {
	if !p.edition.TakesProposals() {
		return fmt.Errorf("these scripts offer no proposals")
	}
	if _, _, waits := p.state.Proposal(); waits {
		return fmt.Errorf("one proposal waits already")
	}
	p.state = p.state.Propose(words, p.at.In(p.zone).AddDate(0, 0, 14))
	return nil
}

func (p *Player) press(label string) error {
	for _, c := range p.asked.Choices {
		if c.Label == label || c.Value == label {
			return p.step(dialogs.Event{Kind: dialogs.Pressed, Token: p.asked.Token, Choice: c.Value})
		}
	}
	return fmt.Errorf("there is no button %q now", label)
}

// step takes an event and writes down what follows.
func (p *Player) step(ev dialogs.Event) error {
	p.turn++
	if language, ok := p.edition.LanguageNamed(ev.Text); ok && ev.Kind == dialogs.Replied {
		p.language = language
	}
	ev.At, ev.Zone, ev.Turn, ev.Language, ev.About = p.at, p.zone, p.turn, p.language, p.host()
	eds := dialogs.Editions{Current: p.edition}
	if id := dialogs.DueEdition(p.state, p.edition); id != "" {
		if i := slices.IndexFunc(p.older, func(e *dialogs.Edition) bool { return e.ID() == id }); i >= 0 {
			eds.Pinned = p.older[i]
		}
	}
	before := p.state
	state, effects, steps, err := dialogs.Trace(eds, before, ev)
	if err != nil {
		return err
	}
	p.state = state
	for _, e := range effects {
		p.show(e)
	}
	if p.Watch != nil {
		p.Watch(Turn{before, state, ev, effects, steps})
	}
	if p.state.Session == nil || p.state.Session.Open.Token != p.token {
		p.timer = time.Time{}
	}
	return nil
}

// wait lets time pass and plays what falls due on the way.
func (p *Player) wait(until time.Time) error {
	for range 1000 {
		at, what, ev := p.next()
		if at.IsZero() || at.After(until) {
			p.at = until
			return nil
		}
		p.at = at
		p.out = append(p.out, "  "+at.In(p.zone).Format("(Mon 2 Jan 15:04, ")+what+")")
		if ev.Kind == dialogs.TimedOut {
			p.timer = time.Time{}
		}
		if err := p.step(ev); err != nil {
			return err
		}
	}
	return fmt.Errorf("more than 1000 things fell due")
}

// next is what falls due first.
func (p *Player) next() (at time.Time, what string, ev dialogs.Event) {
	if !p.timer.IsZero() {
		at, what, ev = p.timer, "no reply", dialogs.Event{Kind: dialogs.TimedOut, Token: p.token}
	}
	if u := p.state.PausedUntil; !u.IsZero() && !u.Equal(dialogs.Forever) && (at.IsZero() || u.Before(at)) {
		at, what, ev = u, "the pause ends", dialogs.Event{Kind: dialogs.Unpaused}
	}
	for _, script := range slices.Sorted(maps.Keys(p.state.Schedules)) {
		due, ok := p.state.Schedules[script].Next(p.at, p.zone)
		if ok && (at.IsZero() || due.Before(at)) {
			at, what = due, script+" is due"
			ev = dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: script, At: due, Expires: due.Add(stale)}}
		}
	}
	return at, what, ev
}

// setFact reads "name = value" of a fact line.
func (p *Player) setFact(text string) error {
	name, value, _ := strings.Cut(text, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	fact, ok := p.edition.Facts()[name]
	if !ok {
		return fmt.Errorf("there is no fact %q", name)
	}
	v := dialogs.Value{Kind: fact.Kind, Text: value}
	var err error
	switch fact.Kind {
	case dialogs.Number:
		v.Text = ""
		v.Number, err = strconv.ParseFloat(value, 64)
	case dialogs.YesNo:
		v.Text, v.Yes = "", value == "yes"
	case dialogs.Series:
		v.Text = ""
		for point := range strings.SplitSeq(value, ",") {
			day, n, _ := strings.Cut(strings.TrimSpace(point), " ")
			f, bad := strconv.ParseFloat(n, 64)
			if bad != nil {
				return fmt.Errorf("fact: a series is written as 2026-02-16 4, 2026-02-23 5")
			}
			v.Series = append(v.Series, dialogs.Point{On: day, Number: f})
		}
	}
	p.state.Facts = p.state.Facts.With(name, v)
	return err
}

// setPlan reads "weekly every 1 on Wednesday at 10:00" or
// "goal-follow-up on 2026-03-06 at 10:00".
func (p *Player) setPlan(text string) error {
	bad := fmt.Errorf("plan: such as weekly every 1 on Wednesday at 10:00, or goal-follow-up on 2026-03-06 at 10:00")
	f := strings.Fields(text)
	plan := dialogs.Schedule{From: p.at}
	if len(f) == 7 && f[1] == "every" && f[3] == "on" && f[5] == "at" {
		every, err := strconv.Atoi(f[2])
		day := slices.IndexFunc(days, func(d string) bool { return strings.EqualFold(d, f[4]) })
		if err != nil || every < 1 || day < 0 {
			return bad
		}
		plan.Every, plan.Weekly, plan.At = every, time.Weekday(day), f[6]
	} else if len(f) == 5 && f[1] == "on" && f[3] == "at" {
		plan.On, plan.At = f[2], f[4]
	} else {
		return bad
	}
	if p.state.Schedules == nil {
		p.state.Schedules = make(map[string]dialogs.Schedule)
	}
	p.state.Schedules[f[0]] = plan
	return nil
}

var days = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
