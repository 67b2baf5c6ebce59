package practice

import (
	"strings"
	"sync"
)

// classes are the closed sets of words that the rules ask for.
var classes = sync.OnceValue(func() map[string]map[string]bool {
	sets := map[string]map[string]bool{}
	for class, words := range map[string]string{
		"mine": `i i'm i'd i've i'll my me myself mine`,
		"ours": `we we're we'd we've we'll our us ourselves ours`,
		// Words before a verb that take it out of what was done.
		"mood": `would could should might wish wished if hindsight retrospect never unless without imagine suppose`,
		// Words between a subject and its verb.
		"skip": `also then first next just even still quickly again already soon once finally immediately personally myself now instead later both all`,
		// Verbs whose infinitive is what was done: "managed to restore".
		"lead": `managed decided began started went proceeded continued helped worked ended chose kept`,
		// Past forms that tell no deed.
		"state": `was were had did knew thought felt wanted needed believed understood realised realized learned learnt hoped expected feared remembered meant liked loved
saw heard got became stood sat faced experienced assumed planned intended considered noticed wondered worried cared knew seemed
found discovered said agreed decided spent`,
		// Verbs for which a story that tells of the deed has the same word.
		"distinct": `apologise apologize present train mentor hire negotiate publish document escalate inform notify email phone interview survey persuade convince delegate propose
automate benchmark rehearse test teach coach patent certify`,
		// Verbs that paraphrase many others.
		"usual": `add make take get go come put give keep let see know find try use do have say tell ask become turn work start end write read build create set look show move bring hold run leave
treat narrow dig pull check review fix change wrap handle sort lead stay spend pick choose call walk sit talk`,
		// Words before "one" that make it a figure: "within one hour".
		"measures": `within in after for under than by about took only just every per until almost nearly over least most lasted cost another`,
		// Words for what an answer is about to list.
		"listed": `things thing steps step reasons ways points lessons takeaways layers lines phases stages fronts changes actions measures sides parts pieces`,
		// Words that any story may be told with.
		"empty": `thing things stuff lot bit way ways part time times able sure good better best real really actual actually whole entire full proper properly own other
another new right first last next back step steps look sleeve place work job task situation problem issue cause fix solution approach change plan idea end start
make take get go come put give keep let see know think find try need want use do be have say tell ask become happen turn
quickly carefully thoroughly directly exactly clearly simply finally eventually immediately finding findings rather well still already later soon once together
everything something anything nothing everyone someone people deep deeper deeply closer careful close main key big small great moment matter case side scratch hand hands
one two really also even much many several various like step-by-step course action effort goal answer question focus result results outcome
around along across upon toward towards away off down up over out advance beforehand detail depth parallel person particular general fact addition front favour favor
day days week weeks month months year years hour hours minute minutes morning afternoon evening night today`,
		// Short forms that name nothing.
		"everyday": `i i'm i'd i've i'll ok okay api apis ui id ids am pm it tv pc db app pr prs ceo cto vs etc`,
		// Words at the head of a sentence that speak and are no names.
		"department": `support finance marketing legal management operations ops security product engineering leadership everyone everybody somebody someone nobody people sales coming judging apart starting aside far`,
		"weekday":    `monday tuesday wednesday thursday friday saturday sunday`,
		// Skills of one word that are no names of products.
		"plainNoun": `databases backups transactions containers metrics dashboards retries runbooks embeddings compilers sanitizers microservices coroutines webhooks
firewalls search security storage monorepo mainframe payments retail english crm erp statistics microfrontends robotics iot mathematics markdown c r`,
		// Fillers that are plain words as well.
		"plainToo": `like right actually anyway`,
	} {
		sets[class] = map[string]bool{}
		for w := range strings.FieldsSeq(words) {
			sets[class][w] = true
		}
	}
	return sets
})

func is(class, word string) bool { return classes()[class][word] }
