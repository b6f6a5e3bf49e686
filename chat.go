package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/adapters/simulator"
	"onestep/bot"
	"onestep/dialogs"
)

type chatCommand struct {
	Script   string `arg:"" help:"The name of a check-in, such as weekly, or the path of a script file."`
	Today    string `placeholder:"2026-03-02" help:"The day on which the chat begins, at 10:00. Left out: now."`
	Zone     string `default:"Europe/London" help:"The person's time zone."`
	Language string `default:"en" placeholder:"TAG" help:"The person's language, such as cy."`
}

func (chatCommand) Help() string {
	return `Plays one script here, as the person would meet it, with nothing around it: no Redis, no worker. A path reads all scripts of its folder. Everything is forgotten at the end.

While it plays, besides answers:

    /wait 48h   lets time pass (also 3d, 90m)
    /state      shows what the script knows and waits for
    /why        says which step made the last message
    /quit       ends

Example:

    onestep chat weekly
    onestep chat dialogs/checkins/weekly.yaml --today 2026-03-02`
}

// Validate refuses a zone or a day that there is not.
func (c chatCommand) Validate() error {
	_, _, err := c.clock()
	return err
}

// clock gives the person's zone and when they begin.
func (c chatCommand) clock() (zone *time.Location, begin time.Time, err error) {
	if zone, err = time.LoadLocation(c.Zone); err != nil {
		return nil, begin, fmt.Errorf("%q is not a time zone: write it as Europe/London", c.Zone)
	}
	if c.Today == "" {
		return zone, time.Now(), nil
	}
	if begin, err = time.ParseInLocation(time.DateOnly, c.Today, zone); err != nil {
		return nil, begin, fmt.Errorf("%q is not a day: write it as 2026-03-02", c.Today)
	}
	return zone, begin.Add(10 * time.Hour), nil
}

func (c chatCommand) Run(w world) error {
	scripts, name, err := c.open()
	if err != nil {
		return err
	}
	zone, begin, err := c.clock()
	if err != nil {
		return err
	}
	r := newReadThrough(w, scripts, zone, begin)
	r.language = c.Language
	return r.run(w, name)
}

// open finds the scripts and the name of the one to play.
func (c chatCommand) open() (*dialogs.Edition, string, error) {
	name, folder := c.Script, ""
	if ext := filepath.Ext(name); ext == ".yaml" {
		folder = filepath.Dir(name)
		name = strings.TrimSuffix(filepath.Base(name), ext)
		if _, err := os.Stat(c.Script); errors.Is(err, fs.ErrNotExist) {
			return nil, "", fmt.Errorf("there is no file %s", c.Script)
		}
	}
	scripts, err := readScripts(folder)
	if err != nil {
		return nil, "", err
	}
	if _, ok := scripts.Script(name); !ok {
		var names []string
		for _, s := range scripts.Scripts() {
			names = append(names, s.Name())
		}
		return nil, "", fmt.Errorf("there is no script %q. There are: %s", name, strings.Join(names, ", "))
	}
	if !scripts.Speaks(c.Language) {
		return nil, "", fmt.Errorf("there is no translation into %q. There are: %s", c.Language, strings.Join(scripts.Spoken(), ", "))
	}
	return scripts, name, nil
}

// readThrough plays a script for one person: dialogs.Step and nothing else,
// with the simulator as its screen.
type readThrough struct {
	scripts  *dialogs.Edition
	zone     *time.Location
	clock    *clock
	platform *simulator.Adapter
	pane     simulator.Pane
	terminal *simulator.Terminal

	state    dialogs.State
	turns    uint64
	language string
	// due is when the open question runs out of time; zero: never.
	due time.Time
	// last is the step of the newest message, and rule what read the reply
	// before it.
	last, rule string
}

// office are the hours of the team in a read-through.
var office = dialogs.Hours{Days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, From: 9 * 60, To: 17 * 60}

func newReadThrough(w world, scripts *dialogs.Edition, zone *time.Location, begin time.Time) *readThrough {
	r := &readThrough{scripts: scripts, zone: zone, clock: &clock{at: begin}}
	r.platform = simulator.New(simulator.Config{Now: r.clock.now})
	r.pane = simulator.Pane{Title: "Chat", Seat: r.platform.Private("you"), Names: map[string]string{"you": "Person"}}
	r.terminal = simulator.NewTerminal(w.Out, r.platform, zone, simulator.Colour(w.Out, w.env), r.pane)
	return r
}

func (r *readThrough) run(w world, name string) error {
	ctx, stop := context.WithCancel(w.Context)
	defer stop()
	received := make(chan error, 1)
	go func() { received <- r.platform.Receive(ctx, r) }()
	defer func() { stop(); <-received }()

	now := r.clock.now()
	if err := r.step(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: name, At: now, Expires: now.Add(time.Hour)}}); err != nil {
		return err
	}
	for line := range readLines(w) {
		word, rest, _ := strings.Cut(line, " ")
		var err error
		switch strings.ToLower(word) {
		case "":
			continue
		case "/quit":
			return nil
		case "/wait":
			err = r.wait(strings.TrimSpace(rest))
		case "/state":
			err = r.terminal.Note(r.describe())
		case "/why":
			err = r.terminal.Note(r.why())
		default:
			if err = r.pane.Answer(line); err == nil {
				err = r.platform.Drained(ctx)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Take takes what the person did: see bot.Inbox. It is called for one update
// after the other, and run waits for it.
func (r *readThrough) Take(_ context.Context, u bot.Update) error {
	ev := dialogs.Event{Kind: dialogs.Replied, Text: u.Text}
	if u.Kind == bot.Pressed {
		ev.Kind = dialogs.Pressed
		ev.Token, ev.Choice, _ = strings.Cut(u.Data, ":")
	}
	return r.step(ev)
}

// step takes one event and shows what comes of it.
func (r *readThrough) step(ev dialogs.Event) error {
	r.turns++
	ev.At, ev.Zone, ev.Turn, ev.Language = r.clock.now(), r.zone, r.turns, r.language
	if language, ok := r.scripts.LanguageNamed(ev.Text); ok {
		r.language, ev.Language = language, language
	}
	ev.About = dialogs.Host{
		Worker: "Sam", Team: "Harbour team", Hours: r.scripts.Hours(office, r.language), Reads: r.scripts.Reads(ev.At, ev.At, r.language),
	}
	state, effects, err := dialogs.Step(dialogs.Editions{Current: r.scripts}, r.state, ev)
	if err != nil {
		return err
	}
	running := r.state.Session != nil || ev.Kind == dialogs.Began
	r.state, r.due, r.rule = state, time.Time{}, ""
	for _, effect := range effects {
		if err := r.effect(effect); err != nil {
			return err
		}
	}
	if err := r.terminal.Show(); err != nil {
		return err
	}
	if running && state.Session == nil {
		return r.terminal.Note("The script has ended. /state shows what is known now, /wait 7d lets a week pass, /quit ends.")
	}
	return nil
}

func (r *readThrough) effect(effect dialogs.Effect) error {
	switch e := effect.(type) {
	case dialogs.Say:
		return r.say(e.Step, bot.Message{Text: e.Text})
	case dialogs.Ask:
		m := bot.Message{Text: e.Text}
		for _, c := range e.Choices {
			m.Buttons = append(m.Buttons, bot.Button{Label: c.Label, Data: e.Token + ":" + c.Value})
		}
		if e.Wait > 0 {
			r.due = r.clock.now().Add(e.Wait)
		}
		return r.say(e.Step, m)
	case dialogs.Record:
		if e.What == "answer" {
			r.rule = e.Rule
		}
		return nil
	case dialogs.Nudge:
		return r.aside("The worker is nudged: " + string(e.Trigger) + ". " + e.Changed)
	case dialogs.Plan:
		if e.Schedule == nil {
			return r.aside(e.Script + " is planned no more.")
		}
		next, ok := e.Schedule.Next(r.clock.now(), r.zone)
		if !ok {
			return nil
		}
		return r.aside(e.Script + " is planned, next on " + r.instant(next) + ".")
	}
	return nil
}

func (r *readThrough) say(step string, m bot.Message) error {
	r.last = step
	m.Chat = r.pane.Seat.Chat()
	_, err := r.platform.Send(context.Background(), m) // into memory: nothing to wait for
	return err
}

// aside tells what happens beside the chat, after what was said so far.
func (r *readThrough) aside(text string) error {
	if err := r.terminal.Show(); err != nil {
		return err
	}
	return r.terminal.Note(text)
}

func (r *readThrough) instant(t time.Time) string { return t.In(r.zone).Format("Mon 2 Jan 15:04") }

// wait lets time pass: timeouts, planned scripts and the end of a pause come
// when they are due.
func (r *readThrough) wait(text string) error {
	d, err := parseWait(text)
	if err != nil {
		return r.terminal.Note(err.Error())
	}
	end := r.clock.now().Add(d)
	from := r.clock.now()
	for {
		at, ev, ok := r.next(from)
		if !ok || at.After(end) {
			break
		}
		r.clock.set(at)
		from = at
		if err := r.step(ev); err != nil {
			return err
		}
	}
	r.clock.set(end)
	return r.terminal.Note("It is now " + r.instant(end) + ".")
}

// next is what comes due first after an instant.
func (r *readThrough) next(from time.Time) (at time.Time, ev dialogs.Event, ok bool) {
	earlier := func(t time.Time, e dialogs.Event) {
		if !ok || t.Before(at) {
			at, ev, ok = t, e, true
		}
	}
	if !r.due.IsZero() && r.state.Session != nil && r.state.Session.Open != nil {
		earlier(r.due, dialogs.Event{Kind: dialogs.TimedOut, Token: r.state.Session.Open.Token})
	}
	if p := r.state.PausedUntil; !p.IsZero() && !p.Equal(dialogs.Forever) {
		earlier(p, dialogs.Event{Kind: dialogs.Unpaused})
	}
	for _, name := range slices.Sorted(maps.Keys(r.state.Schedules)) {
		if t, is := r.state.Schedules[name].Next(from, r.zone); is {
			earlier(t, dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: name, At: t, Expires: t.Add(24 * time.Hour)}})
		}
	}
	return at, ev, ok
}

// parseWait reads 48h, 90m or 3d.
func parseWait(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= 3650 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d, nil
	}
	return 0, fmt.Errorf("%q is not a time to wait: write 48h, 90m or 3d", text)
}
