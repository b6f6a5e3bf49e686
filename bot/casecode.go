package bot

import (
	"encoding/binary"
	"fmt"
	"io"
)

// caseWords are birds: easy to say, to spell and to tell apart, and nothing
// that could be taken for a comment on a person.
var caseWords = []string{
	"Avocet", "Bittern", "Brambling", "Bunting", "Buzzard", "Chough", "Curlew", "Dipper", "Dunlin", "Dunnock",
	"Egret", "Fieldfare", "Finch", "Fulmar", "Gannet", "Godwit", "Goldcrest", "Grebe", "Harrier", "Heron",
	"Hobby", "Jackdaw", "Jay", "Kestrel", "Kingfisher", "Kittiwake", "Lapwing", "Lark", "Linnet", "Martin",
	"Merlin", "Nightjar", "Nuthatch", "Oriole", "Osprey", "Ouzel", "Owl", "Partridge", "Pipit", "Plover",
	"Puffin", "Quail", "Redstart", "Redwing", "Robin", "Sandpiper", "Shearwater", "Siskin", "Skylark", "Snipe",
	"Sparrow", "Starling", "Swallow", "Swift", "Teal", "Tern", "Thrush", "Wagtail", "Warbler", "Waxwing",
	"Wheatear", "Whimbrel", "Wigeon", "Wren",
}

// newCase draws a case code such as Wren-417 that nobody else has. It is random,
// never made of initials or a sequence (DOMAIN i). Codes are claimed for ever.
func (t *turn) newCase() (string, error) {
	for range 50 {
		var b [4]byte
		if _, err := io.ReadFull(t.Random, b[:]); err != nil {
			return "", fmt.Errorf("random: %w", err)
		}
		n := binary.BigEndian.Uint32(b[:])
		code := fmt.Sprintf("%s-%d", caseWords[n%uint32(len(caseWords))], 100+n/uint32(len(caseWords))%900)
		owner := fmt.Sprintf("%s.%d", t.conv.ID, t.number())
		holder, err := t.Store.Claim(t.ctx, "case:"+t.conv.Team+":"+code, owner, 0)
		if err != nil {
			return "", err
		}
		if holder == owner {
			return code, nil
		}
	}
	return "", fmt.Errorf("no free case code found in team %s", t.conv.Team)
}
