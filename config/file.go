package config

import (
	"path/filepath"

	"github.com/goccy/go-yaml/ast"
)

// read takes the settings and the teams out of the file's content. ok is false
// when the file could not be understood as a whole.
//
// What the environment sets is passed over here: it wins, and the file that a
// secret would have come from need not exist.
func (d document) read(content []byte, env environment) (v values, teams []team, ok bool) {
	v = values{}
	body := d.parse(content)
	if body == nil {
		return v, nil, false
	}
	entries := d.table(body, "the settings", names(true))
	if entries == nil {
		return v, nil, false
	}
	for _, s := range all {
		plain, file := entries[s.key()], entries[s.key()+"_file"]
		if plain != nil && file != nil {
			d.faults.add(d.where(file), "%s is set and so is %s_file; keep one of them.", s.key(), s.key())
			v[s.name] = text{where: d.where(file)} // as in fromFile
			continue
		}
		if env.sets(s) {
			continue
		}
		if plain != nil {
			if t, ok := d.scalar(plain, s.key()); ok {
				if s.folder {
					t.value = from(filepath.Dir(d.path), t.value)
				}
				v[s.name] = t
			}
		}
		if file != nil && s.secret {
			if t, ok := d.scalar(file, s.key()+"_file"); ok {
				v.fromFile(s, t, filepath.Dir(d.path), d.faults)
			}
		}
	}
	list, given := entries["teams"]
	if !given {
		d.faults.add(d.path, "there are no teams; add at least one under \"teams:\", as in onestep.example.yaml.")
		return v, nil, true
	}
	return v, d.teams(list), true
}

// teams reads the list of teams and checks what must differ between them.
func (d document) teams(n ast.Node) []team {
	items := d.list(n, "teams")
	if _, isList := n.(*ast.SequenceNode); isList && len(items) == 0 {
		d.faults.add(d.where(n), "there are no teams; add at least one, as in onestep.example.yaml.")
	}
	var teams []team
	ids, channels, leads := map[string]bool{}, map[Address]string{}, map[Address]string{}
	for _, item := range items {
		t, ok := d.team(item)
		if !ok {
			continue
		}
		if ids[t.ID] {
			d.faults.add(t.idAt, "there is another team with the id %q; give each team its own.", t.ID)
		}
		ids[t.ID] = t.ID != ""
		if t.channel.where != "" {
			if other, taken := channels[t.Channel]; taken {
				d.faults.add(t.channel.where, "%s is the channel of the team %q already; give each team its own.", t.Channel, other)
			}
			channels[t.Channel] = t.ID
		}
		for _, lead := range t.leads {
			if other, taken := leads[lead.Address]; taken {
				d.faults.add(lead.where, "%s stands among the leads of the team %q already, and a person belongs to one team; remove one of them.", lead.Address, other)
			}
			leads[lead.Address] = t.ID
		}
		teams = append(teams, t)
	}
	for _, t := range teams {
		if of, is := channels[t.duty.Address]; is && t.duty.where != "" {
			d.faults.add(t.duty.where, "%s is the channel of the team %q, where nothing about one person may stand; name a person, or a channel for alerts alone.", t.duty.Address, of)
		}
	}
	return teams
}
