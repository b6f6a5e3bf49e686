package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"onestep/adapters/simulator"
)

type demoCommand struct {
	Auto bool   `help:"Play the four weeks without questions, and end."`
	Web  string `placeholder:"127.0.0.1:8088" help:"Show the chats on a local web page at this address instead."`
}

func (demoCommand) Help() string {
	return `Shows onestep without an account or a server: four weeks of a made-up patient pass in under a minute, then you write as her. Everything is forgotten at the end.

Example:

    onestep demo
    onestep demo --auto
    onestep demo --web 127.0.0.1:8088`
}

// What the demo says about itself.
const (
	demoIntro = "This is onestep with made-up people and a fast clock. You see three chats: the patient's, the link worker's and the team channel. Everything is kept in memory, and forgotten at the end."
	demoHowTo = "Now you are Ada. Write an answer, or what stands in [brackets] to press a button.\n" +
		"Enter alone: go on to what happens next.\n" +
		"/worker and words or a key: write as Sam, the link worker. Try: /worker show %s\n" +
		"/quit or Ctrl-D: end."
	demoBye = "That was the demo. Nothing of it is kept."
)

// demoPace is how long a post stands before the next one comes, so that an eye
// can follow. Four weeks have about 120 posts and have to pass within a minute.
const demoPace = 250 * time.Millisecond

// Validate refuses what cannot be had together.
func (c demoCommand) Validate() error {
	if c.Auto && c.Web != "" {
		return errors.New("choose --auto or --web: a page waits for people, and --auto does not")
	}
	return nil
}

func (c demoCommand) Run(w world) error {
	s, err := openStage(w, demoChorus)
	if err != nil {
		return err
	}
	defer s.close()
	if c.Web != "" {
		return s.serve(w, c.Web)
	}
	if !c.Auto && simulator.IsTerminal(w.Out) {
		s.pace = demoPace
	}
	return s.perform(w, !c.Auto)
}

// perform plays the four weeks in the terminal, and then lets the visitor type.
func (s *stage) perform(w world, visit bool) error {
	s.terminal = simulator.NewTerminal(w.Out, s.platform, s.zone, simulator.Colour(w.Out, w.env), s.panes...)
	if err := s.note(demoIntro); err != nil {
		return err
	}
	if err := s.fourWeeks(); err != nil {
		return err
	}
	if visit {
		if err := s.converse(w); err != nil {
			return err
		}
	}
	return s.note(demoBye)
}

// env reads one variable of the environment.
func (w world) env(name string) string {
	for _, pair := range w.Environ {
		if n, value, ok := strings.Cut(pair, "="); ok && n == name {
			return value
		}
	}
	return ""
}

// converse lets the visitor type as the patient until they have had enough.
func (s *stage) converse(w world) error {
	s.pace = 0
	if _, err := s.forward(); err != nil {
		return err
	}
	if err := s.note(fmt.Sprintf(demoHowTo, s.ada.code)); err != nil {
		return err
	}
	lines := readLines(w)
	for {
		select {
		case <-s.ctx.Done():
			return nil
		case line, ok := <-lines:
			if !ok || strings.EqualFold(line, "/quit") {
				return nil
			}
			if err := s.typed(line); err != nil {
				return err
			}
		}
	}
}

// readLines reads what the visitor types, until the input ends.
func readLines(w world) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for in := bufio.NewScanner(w.In); in.Scan(); {
			select {
			case lines <- strings.TrimSpace(in.Text()):
			case <-w.Context.Done():
				return
			}
		}
	}()
	return lines
}

// typed does what one line asks for.
func (s *stage) typed(line string) error {
	pane := s.panes[0]
	if rest, ok := strings.CutPrefix(line, "/worker"); ok {
		pane, line = s.panes[1], strings.TrimSpace(rest)
	} else if line == "" {
		said, err := s.forward()
		if err != nil {
			return err
		}
		return s.note(said)
	}
	s.clock.set(s.clock.now().Add(demoThinks))
	if err := pane.Answer(line); err != nil {
		return s.note(err.Error())
	}
	return s.settle()
}

// serve plays the four weeks, then shows them on a page that goes on from there.
func (s *stage) serve(w world, addr string) error {
	listener, err := simulator.Listen(s.ctx, addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	if _, err := fmt.Fprintln(w.Out, demoIntro); err != nil {
		return err
	}
	if err := s.fourWeeks(); err != nil {
		return err
	}
	if _, err := s.forward(); err != nil {
		return err
	}
	page := simulator.Web{Adapter: s.platform, Panes: s.panes, Zone: s.zone, Intro: demoIntro, Forward: func(context.Context) (string, error) { return s.forward() }}
	server := &http.Server{Handler: page.Handler(), ReadHeaderTimeout: readTime, IdleTimeout: idleTime, MaxHeaderBytes: largestHead}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	defer server.Close()
	if _, err := fmt.Fprintf(w.Out, "\nOpen http://%s in a browser on this machine. Ctrl-C ends the demo.\n", listener.Addr()); err != nil {
		return err
	}
	before, _ := s.platform.Since(0)
	for seen := len(before); ; {
		posts, changed := s.platform.Since(seen)
		seen += len(posts)
		if err := s.settle(); err != nil && s.ctx.Err() == nil {
			return err
		}
		if slices.ContainsFunc(posts, func(p simulator.Post) bool { return p.From != "" }) {
			s.clock.set(s.clock.now().Add(demoThinks))
		}
		select {
		case <-s.ctx.Done():
			fmt.Fprintln(w.Out, demoBye)
			return nil
		case err := <-served:
			return err
		case <-changed:
		}
	}
}
