package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"onestep/bot"
	"onestep/launch"
)

// runs runs a command of the program beside serve, with what is typed into it.
func (s *site) runs(typed string, args ...string) (out, said string, err error) {
	s.Helper()
	path, err := launch.Built()
	if err != nil {
		s.Fatal(err)
	}
	var stdout, stderr strings.Builder
	cmd := exec.CommandContext(s.Context(), path, args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(typed), &stdout, &stderr
	err = cmd.Run()
	for line := range strings.Lines(stderr.String()) {
		if strings.Contains(line, "level=") { // the rest is for the operator
			fmt.Fprint(s.logs, line)
		}
	}
	return stdout.String(), stderr.String(), err
}

// refuses runs a command that must not be done, and say why.
func (s *site) refuses(why, typed string, args ...string) {
	s.Helper()
	if out, said, err := s.runs(typed, args...); err == nil || out != "" || !strings.Contains(said, why) {
		s.Errorf("onestep %s: %v, want a refusal with %q:\n%s%s", strings.Join(args, " "), err, why, out, said)
	}
}

// alsoHas adds a team to the settings that commands read from now on.
func (s *site) alsoHas(team string) {
	s.Helper()
	path := s.dir + "/onestep.yaml"
	settings, err := os.ReadFile(path)
	if err != nil {
		s.Fatal(err)
	}
	settings = fmt.Appendf(settings, `  - id: %s
    name: Another team
    zone: Europe/London
    nation: england
    channel: telegram:-1009
    leads: [telegram:9]
    hours: {days: mon-fri, from: "09:00", to: "17:00"}
`, team)
	if err := os.WriteFile(path, settings, 0o600); err != nil {
		s.Fatal(err)
	}
}

// Who asks what is kept of them gets all of it, by the code that their worker
// knows or by where they write from, while the bot goes on.
func TestExportOfOnePerson(t *testing.T) {
	s := newSite(t)
	p := s.serve()
	lead, worker, patient := s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID)
	code := s.enrols(lead, worker, patient, "/start ")
	patient.begins()

	s.refuses("nobody has the code Heron-000 on their caseload", "", "export", "Heron-000")
	s.refuses("nothing is kept of this person", "", "export", "telegram:77")
	for _, wrong := range []string{"telegram:@ada", "telegramm:77", "slack:ada"} {
		s.refuses("is not where somebody writes from; write telegram:123456789 or slack:U0123456789", "", "export", wrong)
	}
	s.refuses("nothing is kept of this person", "", "export", "Slack:u0123456789")
	s.refuses("write the id of the person, which begins with U", "", "export", "slack:D0123456789")
	s.refuses("that is a team's channel and no person", "", "export", fmt.Sprintf("telegram:%d", channelID))

	out, said, err := s.runs("", "export", strings.ToLower(code))
	if err != nil || said != "" {
		t.Fatalf("export: %v\n%s", err, said)
	}
	var got struct {
		Team   string
		Record struct {
			Case    string
			Chats   []string
			Patient struct {
				Dialog struct {
					Facts     map[string]any
					Schedules map[string]map[string]any
				}
			}
		}
		Journal []map[string]any
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dialog := got.Record.Patient.Dialog
	if got.Team != "harbour" || len(got.Record.Chats) != 1 || got.Record.Chats[0] != fmt.Sprintf("telegram:%d", patientID) ||
		dialog.Facts["best_hopes"] != "Seeing my grandchildren at weekends" || dialog.Schedules["weekly"]["rule"] != "FREQ=WEEKLY;BYDAY=TU" {
		t.Errorf("the record:\n%s", out)
	}
	if scores, _ := dialog.Facts["scores"].([]any); len(scores) != 1 || scores[0].(map[string]any)["number"] != 4.0 {
		t.Errorf("the scores: %v", dialog.Facts["scores"])
	}
	// Whatever they typed is there, and that it was read.
	for _, words := range []string{"Mending the old wireless in the shed", "Marmalade on toast every morning", "tuesday please", `"raw": "yes it is"`, code} {
		if !strings.Contains(out, words) {
			t.Errorf("%q is not in it", words)
		}
	}
	if last := got.Journal[len(got.Journal)-1]; last["what"] != "read" || last["name"] != "export" || last["by"] != "operator" {
		t.Errorf("the last line of the journal is %v", last)
	}

	// Into a file of their own, once.
	file := s.dir + "/theirs.json"
	address := fmt.Sprintf(" Telegram: %d", patientID)
	if out, said, err := s.runs("", "export", address, file); err != nil || out != "" || !strings.Contains(said, "is in "+file) {
		t.Errorf("export into a file: %v\n%s%s", err, out, said)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	s.refuses("is there already", "", "export", address, file)

	// The person goes on as if nothing had been.
	patient.Writes("help")
	patient.Hears(quick, "I am a computer helper")
	p.stop()
	s.checkLogs()
}

// Who wishes that nothing is kept of them is erased while the bot goes on: after
// a second word from the operator, not while an alert is open, and told to the
// worker. Another person is not touched.
func TestEraseOfOnePerson(t *testing.T) {
	s := newSite(t)
	p := s.serve()
	lead, worker, patient, other := s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID), s.onTelegram(patientID+1)
	code := s.enrols(lead, worker, patient, "/start ")
	patient.begins()
	worker.Writes("invite")
	invitation := worker.Hears(quick, "is the code for this person here")
	second := strings.Fields(invitation)[0]
	other.writes("/start " + worker.codeOf(invitation))
	other.Hears(quick, "Is it OK to go on?")

	patient.Writes("I want to end my life")
	patient.Hears(quick, "I am telling Sam's team now.")
	worker.Hears(quick, code+": ")
	s.refuses("an alert about this person is open", "", "erase", "--yes", code)
	worker.Presses("I am on it")
	worker.Presses("Done")
	worker.Hears(quick, code)
	s.eventually(quick, "the alert is closed", func() bool {
		out, _, err := s.runs("", "export", code)
		return err == nil && !strings.Contains(out, `"held": true`) && !strings.Contains(out, `"alert": {`)
	})

	s.refuses("nothing was erased", "", "erase", code)
	s.refuses("nothing was erased", "yes\n", "erase", code)
	s.refuses("that is a worker", "", "erase", "--yes", fmt.Sprintf("telegram:%d", workerID))
	s.refuses("that is a team's channel and no person", "", "erase", "--yes", fmt.Sprintf("telegram:%d", channelID))

	// A mistyped team, and one that is not theirs.
	address := fmt.Sprintf("telegram:%d", patientID)
	s.refuses("there is no team harbor in onestep.yaml. There are: harbour", "", "erase", "--yes", address, "--team", "harbor")
	s.alsoHas("quay")
	for _, person := range []string{address, code} {
		s.refuses(person+" is in team harbour and not in quay; nothing was done", "", "erase", "--yes", person, "--team", "quay")
	}
	journals := s.openStore()
	chat := bot.Chat{Platform: "telegram", ID: fmt.Sprint(patientID)}
	if len(journals(chat)) == 0 {
		t.Fatal("what was refused was done")
	}

	out, said, err := s.runs(code+"\n", "erase", code)
	if err != nil || !strings.Contains(out, "Erased on ") || !strings.Contains(out, "the key of their words") || !strings.Contains(said, `msg="a person was erased"`) {
		t.Fatalf("erase: %v\n%s%s", err, out, said)
	}
	if left := journals(chat); len(left) != 0 {
		t.Errorf("the journal has %d lines", len(left))
	}
	worker.Hears(quick, code+": All that I kept of this person has been erased")
	lines := journals(bot.Chat{Platform: "telegram", ID: fmt.Sprint(workerID)})
	if last := lines[len(lines)-1]; last.What != "erased" || last.Name != code || last.By != "operator" || last.Raw != "" || last.Value != "" {
		t.Errorf("the worker's journal ends with %+v", last)
	}
	worker.Writes("show " + code)
	worker.Hears(quick, "That code is not on your caseload.")
	s.refuses("nobody has the code", "", "erase", "--yes", code)
	s.refuses("nothing is kept of this person", "", "erase", "--yes", "telegram:"+chat.ID)

	// They are somebody whom nobody knows, and the other goes on.
	before := len(patient.messages())
	patient.writes("good morning")
	s.eventually(quick, "an answer", func() bool { return len(patient.messages()) > before })
	if got := patient.messages()[before].text; strings.Contains(got, "Sam") || !strings.Contains(got, "link") {
		t.Errorf("they were told %q", got)
	}
	other.Presses("Yes")
	other.Hears(quick, "private and safe place")
	worker.Writes("caseload")
	if got := worker.Hears(quick, "You have 1 here:"); !strings.Contains(got, second) || strings.Contains(got, code) {
		t.Errorf("the caseload: %s", got)
	}
	p.stop()
	s.checkLogs()
}
