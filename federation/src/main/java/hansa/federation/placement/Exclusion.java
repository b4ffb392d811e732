package hansa.federation.placement;

/** Why a cloud will not do; of several reasons the one that stands later here is told. */
public enum Exclusion implements Verdict {
    NOT_NAMED("is not the site or cloud that was named"),
    STATE("takes no new machines at the moment"),
    IMAGE("does not have the image"),
    POLICY("is where the policy does not let you have machines"),
    NETWORKS("does not have all the networks, or not clearly"),
    VOLUMES("is not where the volumes are"),
    COUNTRY("is not known to be in a country where the data may be"),
    AFFINITY("is not where the machines are that it must be together with"),
    ANTI_AFFINITY("is where machines are that it must be apart from"),
    HOST_AFFINITY("does not let machines share a host or be on different ones"),
    SPREAD("has as many machines of the set as may be in one place"),
    FLAVOUR("has no flavour that is large enough, or not the one that was named"),
    ROOM("has not enough room"),
    QUOTA("has room, but the quota there is used up"),
    CAP("has as many machines of the flavour as the cap allows"),
    PRICE("does not tell its price, which the budget needs"),
    BUDGET("costs more than the budget has left"),
    REQUIREMENTS("does not meet the requirements");

    private final String phrase;

    Exclusion(String phrase) {
        this.phrase = phrase;
    }

    /** To be read after the name of a cloud. */
    public String phrase() {
        return phrase;
    }
}
