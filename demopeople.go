package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"onestep/adapters/simulator"
)

// demoThinks is how long people of the demo take for an answer.
const demoThinks = time.Minute

// player is one of the made-up people.
type player struct {
	stage *stage
	seat  simulator.Seat
	code  string // case code, patients only
	// mind answers for the people of the chorus: what to say to a step, or
	// nothing to stay silent.
	mind func(step string) string
}

// writes sends words and lets everything they cause happen.
func (p *player) writes(text string) error { return p.does(func() error { return p.seat.Write(text) }) }

// presses presses the newest button with that label.
func (p *player) presses(label string) error {
	return p.does(func() error { return p.seat.Press(label) })
}

func (p *player) does(act func() error) error {
	if p.mind == nil { // the chorus answers while the clock of the story stands
		p.stage.clock.set(p.stage.clock.now().Add(demoThinks))
	}
	if err := act(); err != nil {
		return err
	}
	return p.stage.settled()
}

// heard is the newest message of the bot in the player's chat.
func (p *player) heard() string {
	posts := p.stage.platform.Transcript(p.seat.Chat().ID)
	for i := len(posts) - 1; i >= 0; i-- {
		if posts[i].From == "" {
			return posts[i].Text
		}
	}
	return ""
}

var startLine = regexp.MustCompile(`/start \S+`)

// link is the line in the newest message that starts a chat with a code.
func (p *player) link() (string, error) {
	if line := startLine.FindString(p.heard()); line != "" {
		return line, nil
	}
	return "", errors.New("the demo expected an invitation and found none")
}

// step is the step of the player's open question as script/step, or empty.
func (p *player) step() (string, error) {
	c, err := p.stage.load(p.seat.Chat())
	if err != nil || !asks(c) {
		return "", err
	}
	frames := c.Patient.Dialog.Session.Frames
	return frames[len(frames)-1].Script + "/" + frames[len(frames)-1].Step, nil
}

// answers bounds the questions of one sitting, so that a mind that keeps saying
// the wrong thing does not go on for ever.
const answers = 40

// answer answers one open question after the other. What stands in [brackets]
// is a button. An empty answer leaves the question open.
func (p *player) answer(mind func(step string) string) error {
	for range answers {
		step, err := p.step()
		if err != nil || step == "" {
			return err
		}
		say := mind(step)
		if say == "" {
			return nil
		}
		if label, ok := strings.CutPrefix(say, "["); ok {
			err = p.presses(strings.TrimSuffix(label, "]"))
		} else {
			err = p.writes(say)
		}
		if err != nil {
			return fmt.Errorf("the demo at %s: %w", step, err)
		}
	}
	return errors.New("the demo talks in circles")
}

// from answers from a list: each step has its replies, used one after the
// other. A question that is not on the list is skipped, as anyone may.
func from(replies map[string][]string) func(step string) string {
	used := map[string]int{}
	return func(step string) string {
		n := used[step]
		used[step]++
		if n < len(replies[step]) {
			return replies[step][n]
		}
		return "skip"
	}
}

// cast seats the people. Leah leads, Sam and Priya are link workers, Ada is
// Sam's patient. The others are Priya's patients: they have no pane, and make
// the team large enough for a summary that shows anything.
func (s *stage) cast(chorus int) {
	seat := func(id string) *player {
		p := &player{stage: s, seat: s.platform.Private(id)}
		s.players = append(s.players, p)
		return p
	}
	s.leah, s.sam, s.ada = seat("leah"), seat("sam"), seat("ada")
	s.priya = seat("priya")
	for n := range chorus {
		p := seat("patient" + strconv.Itoa(n))
		p.mind = s.mindOf(n)
		s.chorus = append(s.chorus, p)
	}
	names := map[string]string{"leah": "Leah", "sam": "Sam", "ada": "Ada"}
	s.panes = []simulator.Pane{
		{Title: "Patient", Seat: s.ada.seat, Names: names},
		{Title: "Link worker", Seat: s.sam.seat, Names: names, Lasting: true},
		{Title: "Team channel", Seat: s.platform.In(demoChannel, "leah"), Names: names, Closed: true},
	}
}

// demoChorus is how many patients there are beside Ada: enough for the summary
// to be shown at all (10), and for most of its parts not to be hidden (5 each).
const demoChorus = 29

// chorusAnswers lets the people without a pane answer what is open.
func (s *stage) chorusAnswers() error {
	for _, p := range s.chorus {
		if err := p.answer(p.mind); err != nil {
			return err
		}
	}
	return nil
}

// mindOf is what the nth person of the chorus says: short answers, numbers in
// the middle that move by one, now and then a week without a reply.
func (s *stage) mindOf(n int) func(step string) string {
	started, week, score := time.Time{}, 0, 5+n/3%2
	days := []string{"[Monday]", "[Tuesday]", "[Wednesday]", "[Thursday]", "[Friday]"}
	return func(step string) string {
		if strings.HasPrefix(step, "weekly/") {
			switch late := s.clock.now().Sub(started); {
			case late >= 7*24*time.Hour:
				started = s.clock.now()
				week++
			case late > 24*time.Hour:
				return "" // who has not answered within a day does not
			}
		}
		switch step {
		case "first/agree", "first/safe", "first/sum-up", "first/sum-hopes":
			return "[Yes]"
		case "first/hopes":
			return "Feeling more like myself again"
		case "checkin-day/day":
			return days[n%len(days)]
		case "checkin-day/time":
			return "[2 in the afternoon]"
		case "first/number":
			return fmt.Sprintf("[%d]", score)
		case "weekly/better":
			if (week+n/3)%4 == 0 {
				return "" // busy this week
			}
			return "Some days were a bit easier"
		case "weekly/today":
			if n%3 > 0 { // up and down in turn; the others stay where they are
				score = 11 - score
			}
			return fmt.Sprintf("[%d]", score)
		case "weekly/good-enough":
			return "[9]"
		case "weekly/goal-offer":
			return [...]string{"[Yes, now]", "[Another week]"}[n%2]
		case "goal-set/small", "goal-set/small-plain":
			return "A walk round the block after lunch"
		case "goal-set/sure":
			return "[8]"
		case "goal-follow-up/outcome":
			return [...]string{"[Partly]", "[Not yet]", "[Done]"}[n%3]
		case "goal-follow-up/still-right":
			return "[Yes, keep it]"
		case "goal-follow-up/partly-next":
			return "[Keep it]"
		}
		return "skip"
	}
}
