package main

import "testing"

// Words of danger in a scale question, in an edit, in a caption and in a pause,
// on both platforms: the fixed words at once, an alert that goes on to the lead
// when nobody presses, and a kind end when it was wrong.
func TestDangerOnBothPlatforms(t *testing.T) {
	const danger, changed = "I want to end my life", "I still want to end my life"
	for _, platform := range []string{"telegram", "slack"} {
		t.Run(platform, func(t *testing.T) {
			s := newSite(t)
			var lead, worker, patient *seat
			var edits, captions func(text string)
			start := "/start "
			if platform == "telegram" {
				lead, worker, patient = s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID)
				person := s.telegram.Person(patientID)
				edits, captions = func(text string) { person.Edits(text) }, func(text string) { person.SendsPhoto(text) }
			} else {
				lead, worker, patient = s.onSlack("U0LEAD"), s.onSlack("U0WORKER"), s.onSlack("U0PATIENT")
				s.teams("slack:"+slackRoom, "slack:U0LEAD")
				start = "start "
				person := s.slack.Person("U0PATIENT")
				edits = func(text string) {
					if _, err := person.Edits(text); err != nil {
						t.Fatal(err)
					}
				}
				captions = func(text string) { person.SendsFile(text) }
			}
			s.typed.add(danger)
			s.typed.add(changed)
			p := s.serve("--rehearsal", "600x") // 15 minutes in 1.5 s
			code := s.enrols(lead, worker, patient, start)
			patient.Hears(quick, "Is it OK to go on?")
			patient.Presses("Yes")
			patient.Hears(quick, "private and safe place")
			patient.Presses("Yes")
			patient.Hears(quick, "when the day is your own")
			patient.Writes("skip")
			patient.Hears(quick, "hoping will be different")
			patient.Writes("Seeing my grandchildren at weekends")
			patient.Hears(quick, "notice first")
			patient.Writes("I would whistle while shaving")
			patient.Hears(quick, "From 0 to 10")

			alerts := func() {
				t.Helper()
				patient.Hears(quick, "I am a computer, so I cannot help with this, but people can. If life is at risk call 999.")
				worker.Hears(quick, code+": Wrote words that may mean danger.")
				lead.Hears(quick, "Nobody has pressed this alert yet. It needs a person now.")
				worker.Presses("False alarm")
				patient.Hears(quick, "Sorry if I got that wrong.")
			}
			for _, way := range []func(){
				func() { patient.writes(danger) },
				func() { edits(changed) },
				func() { captions(danger) },
			} {
				way()
				alerts()
				patient.Hears(quick, "From 0 to 10") // the question that was interrupted
			}
			patient.Writes("pause")
			patient.Hears(quick, "How long")
			patient.Presses("1 week")
			patient.Hears(quick, "Send START")
			patient.writes(danger)
			alerts()
			p.stop()
			s.checkLogs()
		})
	}
}
