package dev.rota.coordinator.notes.language;

/** Groups of words that the phrases of several rules share. */
final class Vocabulary {
    static final String ROLLING =
            "rolling|soft|live|hot|online|gradual|staggered|seamless|staged|phased|canary|incremental";
    static final String UPGRADE = "upgrad*|updat*|restart*|migrat*|deploy*|rollout*";
    static final String NODES =
            "node|nodes|server|servers|member|members|instance|instances|machine|machines|host|hosts|replicas|broker|brokers|peer|peers|pod|pods";
    static final String GROUP =
            "node|nodes|server|servers|cluster|clusters|members|instances|machines|hosts|replicas|brokers|peers|pods";
    static final String SERVICE =
            "service|services|cluster|system|application|platform|site|installation|deployment|environment";
    static final String ALL = "all|every|each|entire|whole|both|complete|full";
    static final String STOP = "stop|stopped|stopping|shutdown|shutting|shut|halt|halted|halting|offline";
    static final String OLD = "old|older|previous|earlier|prior|existing|new|newer|upgraded|updated|unupgraded";
    static final String VERSIONS = "version|versions|release|releases";
    static final String OUTAGE = "downtime|outage|outages|interruption|disruption|unavailability";
    static final String CAN =
            "support*|possible|work|works|available|recommended|allowed|permitted|feasible|safe|advised|applicable|guaranteed|viable|practicable|workable|achievable|advisable";

    private Vocabulary() {}
}
