package hansa.drivers.openstack;

import hansa.cloud.RemoteState;
import java.util.Set;

/** What Nova's states mean. */
final class States {

    /** What a machine may be used during. */
    private static final Set<String> HARMLESS =
            Set.of("image_snapshot", "image_snapshot_pending", "image_pending_upload", "image_uploading");

    private States() {}

    static RemoteState of(Server server) {
        RemoteState state = switch (server.status()) {
            case "BUILD" -> RemoteState.BUILDING;
            case "ACTIVE", "RESCUE" -> RemoteState.RUNNING;
            case "SHUTOFF", "SHELVED", "SHELVED_OFFLOADED" -> RemoteState.STOPPED;
            case "PAUSED" -> RemoteState.PAUSED;
            case "SUSPENDED" -> RemoteState.SAVED;
            case "ERROR" -> RemoteState.FAILED;
            // Resized machines are shown as busy until the change is confirmed, which we do.
            case "RESIZE", "VERIFY_RESIZE", "REVERT_RESIZE", "MIGRATING", "REBOOT", "HARD_REBOOT", "REBUILD" ->
                RemoteState.BUSY;
            case "PASSWORD", "DELETED", "SOFT_DELETED", "UNKNOWN" -> RemoteState.BUSY;
            default -> RemoteState.BUSY;
        };
        boolean atWork = server.task().filter(task -> !HARMLESS.contains(task)).isPresent();
        return switch (state) {
            case RUNNING, STOPPED, PAUSED, SAVED -> atWork ? RemoteState.BUSY : state;
            case FAILED -> server.task().filter("deleting"::equals).isPresent() ? RemoteState.BUSY : state;
            case BUILDING, BUSY -> state;
        };
    }

    /** In the cloud's own words. */
    static String message(Server server) {
        return switch (server.status()) {
            case "ERROR" -> server.fault().isEmpty() ? "Nova gives no reason" : failure(server.fault());
            case "UNKNOWN" -> "Nova does not hear of its host";
            case "RESCUE" -> "it runs a rescue system";
            default ->
                server.task().map(task -> "Nova: " + Refusals.oneLine(task)).orElse("");
        };
    }

    /** Nova finds out that it has no room only after it has taken the order. */
    private static String failure(String fault) {
        return Refusals.says(
                        fault, "no valid host", "exceeded maximum number of retries", "insufficient compute resources")
                ? "the cloud has no room: " + fault
                : fault;
    }
}
