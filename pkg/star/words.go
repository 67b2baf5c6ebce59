package star

import "sync"

// wordSets are the closed classes of English that the rules ask for.
var wordSets = sync.OnceValue(func() map[string]map[string]bool {
	sets := map[string]map[string]bool{}
	for class, words := range map[string]string{
		"be":         `be am is are was were been being be isn't aren't wasn't weren't`,
		"finite":     `am is are was were isn't aren't wasn't weren't has have had hasn't haven't hadn't does do did doesn't don't didn't can could can't cannot couldn't will would won't wouldn't shall should shouldn't may might must it's that's there's what's who's he's she's they're we're i'm i've i'd we'd we've they'd he'd she'd they've it'd it'll we'll i'll they'll`,
		"determiner": `a an the this that these those my our your his her its their each every some any no all both another other either neither one two three four five six seven eight nine ten many several most half such what which whose`,
		"article":    `a an the`,
		"activeBy":   `split sorted grouped partitioned filtered went began started`,
		"objectless": `in on at for since until from as to with within into under via`,
		"intransitive": `asked looked talked worked walked switched moved started stopped waited listened searched checked agreed applied reached reported tested recovered recommended
compared coordinated collaborated paired experimented focused focussed migrated settled turned stayed logged rolled pushed piloted upgraded rehearsed called
volunteered insisted appealed apologised apologized argued negotiated consulted engaged joined decided planned partnered liaised communicated escalated responded
replied contributed committed converted opted participated debugged traced reasoned dived pointed followed asked learned stepped jumped pivoted`,
		"possessive": `my our your his her its their`,
		"pronoun":    `i we you he she it they me us him them someone somebody everyone everybody nobody anyone anybody nothing everything something who there myself himself herself themselves ourselves`,
		"sub":        `that which who whom whose where when while because since so as if unless until although though whereas whether before after than once but and or`,
		"prep":       `in on at by for with from to of into onto over under within without through during after before between against across among per via about above below behind beside despite except following inside outside near off out up down since throughout toward towards until upon like than as`,
		"adverb":     `also then first next later finally afterwards eventually meanwhile subsequently initially never again even just still only once soon often together personally myself already now instead always quickly twice and but so`,
		"sequence":   `then first next later finally afterwards eventually meanwhile subsequently initially instead now and but so`,
		"number":     `one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands dozen dozens million millions several many few multiple some most half`,
		"time":       `second seconds minute minutes hour hours day days week weeks month months quarter quarters year years night nights weekend weekends evening evenings morning afternoon`,
		"person":     `developer developers engineer engineers colleague colleagues manager managers team teams teammate teammates vendor vendors provider providers supplier director directors boss chief founder founders owner customer customers client clients user users dba architect architects lead intern interns contractor contractors consultant consultants designer designers support ops finance legal marketing sales security management cto ceo cfo vp head president analyst analysts tester testers admin admins administrator people person someone somebody everyone everybody nobody partner partners agency author company attacker attackers bot`,
		"colleague":  `developer developers engineer engineers colleague colleagues manager managers team teams teammate teammates vendor vendors supplier director directors boss chief founder founders dba architect architects intern interns contractor contractors consultant consultants designer designers cto ceo cfo vp analyst analysts tester testers admin admins administrator partner partners agency`,
		"cause":      `condition problem bug issue leak deadlock error mistake misconfiguration loop regression typo mismatch collision conflict bottleneck overflow`,
		"countable":  `dashboard endpoint job service server client company team database gateway system app application website site page cluster query process pipeline build instance vendor provider developer cache queue user api cpu incident outage release deployment deploy suite test tests tool script container state migration feature limit watchdog library bot map crm scheduler worker node service bug condition problem issue leak deadlock error mistake misconfiguration loop regression typo mismatch collision conflict bottleneck overflow product run rate count rating score bill size index breaker classifier alarm dump budget drain key check lock flag rule alert timeout retry debounce table column join handler listener library script loop thread call header certificate guard limiter`,
		"mass":       `pressure confusion uncertainty risk demand load traffic tension panic chaos visibility time`,
		"later":      `later early earlier late ago`,
		"ingNoun":    `testing monitoring logging pricing billing booking onboarding engineering planning training meeting building string thing nothing something anything everything morning evening king ring spring marketing accounting invoicing listing processing sharing caching routing scaling tracing hosting staging rating during including following excluding regarding according being networking tooling messaging streaming shipping mapping hearing setting rendering clustering locking styling`,
		"stuck":      `stuck exhausted gone broken frozen offline unavailable unreachable down unresponsive`,
		"ready":      `ready live done offline online back down gone out`,
		"roughly":    `about around roughly nearly almost`,
		"lent":       `approved accepted adopted promoted praised rewarded selected hired awarded invited named recognised recognized nominated chosen known seen`,
		"drift":      `seemed worked happened fell rose grew failed crashed became meant cost lasted occurred resulted appeared remained depended existed turned dropped went increased decreased spiked returned showed stopped continued hung`,
		"personal":   `noticed found inherited joined realised realized shipped deployed deleted pushed merged promised broke discovered volunteered wrote built took accepted agreed underestimated forgot missed overlooked`,
		"change":     `reduced cut eliminated improved increased prevented stopped stabilised stabilized saved brought raised lowered decreased enabled allowed helped restored dropped removed ended led fixed resolved made sped freed kept boosted halved doubled tripled unblocked shortened lifted avoided solved contributed gave unlocked simplified strengthened ensured protected`,
		"cognition":  `learned learnt gained developed received won earned understood became got`,
		"blunder":    `assumed forgot waited underestimated trusted relied skipped missed ignored thought believed left took spent let overlooked rushed`,
		"abstract":   `importance value cost danger need power benefit benefits risk risks`,
		// Plain words that often head a note and are no names.
		"common": `other people time page data date quality order quarter job work cost name result results number way lines pages hand file answer phone side screen live
board questions rule customer customers service services paper part room ticket tickets names rest review better alone good full round mail contract front version rules calls
single shared question hiring account home desk money sentence field site best lunch red green logs requests words cases machine machines network bad budget error errors fix
fixed index report weekend longer step long cards map price query queries design note worst sixty feature accounts nightly bug different plain payment payments phones empty
production true public fine slow fault weekly missing messages reviews warehouse notes reports channel daily nearly silent access big short hard less interface partner traffic
share bill average cluster event events evenings blind module door browser hired costs storage dashboard stock steps login demo backup backups silence invoice invoices releases staff
pipeline update picture letters batch certificate certificates meetings patch patches systems plus agency match video difference estimate disk commit monthly correct branch manual
delivery operations labels pulled largest slot figure alarm alarms complaints mornings nodes hardware final gateway large columns worse status faster power chain senior groups revenue
bus clients boxes radio suite history raw default expected unit post either battery honest offer gap notebook seat patients checkout robot safety static volume incident colour color
median game feed weekends parcel migration age ideas failures normal stage bed builds low firmware brief units biggest junior pilot technical crash deal lab pricing returns procedure
operators scanner curve freeze dull plans connections content refunds corrections values slower total flat pool timing candidate drivers facts outages quarterly bucket cameras
references read-only copies readers statement urgent inventory hotel backend frontend refund spare visit frames estimated pinned separate identity bytes valid options switches clicks
scans noise handover domain heap ops updates common sixth captions limits interview website editors commercial business goal exit templates publisher players searches regional race
memory classic cache uniform optimistic pessimistic high heavy local background intermittent stale architectural strong weak wrong old new small bare custom proper random mutex lock
lifecycle alerts alert idempotency webhook webhooks concurrent cyclic eager lazy index indexes column row rows thread threads user users state server-side client-side simple wide deep
retry retries timeout timeouts token tokens key keys secret secrets schema schemas config configuration dependency dependencies package packages library libraries query stack trace
traces metric metrics log node pod pods shard shards replica replicas primary secondary request response responses upload download image images font fonts style styles event handler
inner outer first-time third-party multi-factor month-end week year false crash-free two-factor support legacy nested duplicate duplicated double triple partial whole entire same circuit decline consumer
`,
		"stative": `had wanted knew thought felt needed believed liked hoped saw meant didn't couldn't`,
		// Determiners and prepositions behind which a verb may follow.
		"ownSubject": `that which such both each all some many several most half any another other either neither one two three four five six seven eight nine ten than after before`,
		"befallen":   `lost taken affected harmed touched corrupted`,
		"agentPrep":  `by as in into to from`,
		// Base forms that are never nouns at the head of a note, so that "Add retries"
		// is an order or an act.
		"orders": `add adapt adopt analyse analyze assemble assess automate avoid broadcast build choose clarify compress compute configure consolidate
containerise containerize convert create decide decouple decrease deduplicate define delete deliver deploy deprecate describe detect determine develop diagnose
disable discover eliminate enable encrypt enforce ensure establish evaluate expand explain expose facilitate gather generate identify implement inject inspect
integrate introduce investigate isolate keep maintain make migrate mitigate modify negotiate normalise normalize optimise optimize parallelise parallelize
persuade prepare prevent prioritise prioritize propose prove provide reconcile reconfigure recover redesign reduce refactor rehearse reindex remove rename
replace replicate reproduce restart revoke resolve restore restrict restructure rewrite say send serialise serialize simplify solve specify stabilise stabilize
standardise standardize streamline summarise summarize teach tell throw translate unify use validate verify write`,
		"agentive": `accidentally mistakenly inadvertently unknowingly unwittingly wrongly`,
	} {
		sets[class] = set(words)
	}
	return sets
})

func is(class, word string) bool { return wordSets()[class][word] }
