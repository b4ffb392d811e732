package hansa.federation.compute;

import hansa.cloud.CloudException;

/** How often something that a cloud refused is tried again before it is given up. */
final class Patience {

    private Patience() {}

    /**
     * Whether the same may work later. With the job's back-off ten attempts are about ten minutes, forty about two hours.
     *
     * @param attempt the one that just failed, from 1
     */
    static boolean worthAnother(CloudException refusal, int attempt) {
        return switch (refusal) {
            case CloudException.Unavailable _ -> attempt < 40;
            case CloudException.NoCapacity _ -> attempt < 10;
            case CloudException.Unauthorised _ -> attempt < 6;
            case CloudException.Conflict _ -> attempt < 5;
            case CloudException.QuotaExceeded _ -> attempt < 3;
            // What is gone shows at the next look.
            case CloudException.NotFound _ -> attempt < 2;
            case CloudException.InvalidRequest _ -> false;
        };
    }
}
