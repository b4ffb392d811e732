package hansa.drivers.simulated;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteUsage;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.Size;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * What is said between a node and a simulated cloud in another process: a {@code POST} of JSON to {@code /v1/} and the
 * name of the operation, answered with JSON, or with a status from 400 on and a {@link Refusal}. The two that carry an
 * image do so as bytes.
 */
final class Protocol {

    static final String ROOT = "/v1/";
    static final String JSON = "application/json";
    static final String BYTES = "application/octet-stream";
    static final int PAGE = 1000;
    static final int USUAL_QUESTION = 1024 * 1024;

    /** Every token of a large installation fits. */
    static final int LARGEST_QUESTION = 64 * 1024 * 1024;

    static final int LARGEST_ANSWER = 256 * 1024 * 1024;

    static final Endpoint<Nothing, CloudDescription> DESCRIBE =
            endpoint(Operation.DESCRIBE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<NewMachine, RemoteMachine> CREATE =
            endpoint(Operation.CREATE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Token, Optional<RemoteMachine>> FIND =
            endpoint(Operation.FIND, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, RemoteMachine> READ =
            endpoint(Operation.READ, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<After, List<RemoteMachine>> LIST =
            endpoint(Operation.LIST, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, Nothing> DELETE =
            endpoint(Operation.DELETE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Power, Nothing> POWER =
            endpoint(Operation.POWER, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Set<Token>, Cloud.Recovery> RECOVER =
            new Endpoint<>(Operation.RECOVER, new TypeReference<>() {}, new TypeReference<>() {}, LARGEST_QUESTION);
    static final Endpoint<Resize, RemoteMachine> RESIZE =
            endpoint(Operation.RESIZE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<ConsoleRead, Console.Output> CONSOLE_READ =
            endpoint(Operation.CONSOLE_READ, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<NewVolume, RemoteVolume> VOLUME_CREATE =
            endpoint(Operation.VOLUME_CREATE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Token, Optional<RemoteVolume>> VOLUME_FIND =
            endpoint(Operation.VOLUME_FIND, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, RemoteVolume> VOLUME_READ =
            endpoint(Operation.VOLUME_READ, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Nothing, List<RemoteVolume>> VOLUME_LIST =
            endpoint(Operation.VOLUME_LIST, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, Nothing> VOLUME_DELETE =
            endpoint(Operation.VOLUME_DELETE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Attach, RemoteDisk> VOLUME_ATTACH =
            endpoint(Operation.VOLUME_ATTACH, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Part, Nothing> VOLUME_DETACH =
            endpoint(Operation.VOLUME_DETACH, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Grow, RemoteVolume> VOLUME_RESIZE =
            endpoint(Operation.VOLUME_RESIZE, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<NewCopy, RemoteVolumeCopy> COPY_TAKE =
            endpoint(Operation.COPY_TAKE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Token, Optional<RemoteVolumeCopy>> COPY_FIND =
            endpoint(Operation.COPY_FIND, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, RemoteVolumeCopy> COPY_READ =
            endpoint(Operation.COPY_READ, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Nothing, List<RemoteVolumeCopy>> COPY_LIST =
            endpoint(Operation.COPY_LIST, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, Nothing> COPY_DELETE =
            endpoint(Operation.COPY_DELETE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Restore, RemoteVolume> COPY_RESTORE =
            endpoint(Operation.COPY_RESTORE, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<NewNetwork, RemoteNetwork> NETWORK_CREATE =
            endpoint(Operation.NETWORK_CREATE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Token, Optional<RemoteNetwork>> NETWORK_FIND =
            endpoint(Operation.NETWORK_FIND, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, RemoteNetwork> NETWORK_READ =
            endpoint(Operation.NETWORK_READ, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Nothing, List<RemoteNetwork>> NETWORK_LIST =
            endpoint(Operation.NETWORK_LIST, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, Nothing> NETWORK_DELETE =
            endpoint(Operation.NETWORK_DELETE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Activate, RemoteNetwork> NETWORK_ACTIVE =
            endpoint(Operation.NETWORK_ACTIVE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Plug, RemoteNic> NIC_ATTACH =
            endpoint(Operation.NIC_ATTACH, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Part, Nothing> NIC_DETACH =
            endpoint(Operation.NIC_DETACH, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<Named, Snapshots.Snapshot> SNAPSHOT_CREATE =
            endpoint(Operation.SNAPSHOT_CREATE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, List<Snapshots.Snapshot>> SNAPSHOT_LIST =
            endpoint(Operation.SNAPSHOT_LIST, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Part, Nothing> SNAPSHOT_REVERT =
            endpoint(Operation.SNAPSHOT_REVERT, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Part, Nothing> SNAPSHOT_DELETE =
            endpoint(Operation.SNAPSHOT_DELETE, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<Nothing, List<String>> IMAGE_FORMATS =
            endpoint(Operation.IMAGE_FORMATS, new TypeReference<>() {}, new TypeReference<>() {});

    /** Its question stands in the query and its body is the image. */
    static final Endpoint<Nothing, RemoteImage> IMAGE_UPLOAD =
            endpoint(Operation.IMAGE_UPLOAD, new TypeReference<>() {}, new TypeReference<>() {});

    /** Its answer is the image. */
    static final Endpoint<RemoteId, Nothing> IMAGE_DOWNLOAD =
            endpoint(Operation.IMAGE_DOWNLOAD, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<Named, RemoteImage> IMAGE_CAPTURE =
            endpoint(Operation.IMAGE_CAPTURE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Token, Optional<RemoteImage>> IMAGE_FIND =
            endpoint(Operation.IMAGE_FIND, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, RemoteImage> IMAGE_READ =
            endpoint(Operation.IMAGE_READ, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, Nothing> IMAGE_DELETE =
            endpoint(Operation.IMAGE_DELETE, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<NewAccount, RemoteAccount> ACCOUNT_ENSURE =
            endpoint(Operation.ACCOUNT_ENSURE, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Nothing, List<RemoteAccount>> ACCOUNT_LIST =
            endpoint(Operation.ACCOUNT_LIST, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<AccountName, Nothing> ACCOUNT_SUSPEND =
            endpoint(Operation.ACCOUNT_SUSPEND, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<AccountName, Nothing> ACCOUNT_REMOVE =
            endpoint(Operation.ACCOUNT_REMOVE, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<Nothing, List<RemoteMachine>> OTHERS =
            endpoint(Operation.OTHERS, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<Adopted, RemoteMachine> ADOPT =
            endpoint(Operation.ADOPT, new TypeReference<>() {}, new TypeReference<>() {});
    static final Endpoint<RemoteId, Nothing> RELEASE =
            endpoint(Operation.RELEASE, new TypeReference<>() {}, new TypeReference<>() {});

    static final Endpoint<Between, List<RemoteUsage>> USAGE =
            endpoint(Operation.USAGE, new TypeReference<>() {}, new TypeReference<>() {});

    private Protocol() {}

    private static <Q, A> Endpoint<Q, A> endpoint(
            Operation operation, TypeReference<Q> question, TypeReference<A> answer) {
        return new Endpoint<>(operation, question, answer, USUAL_QUESTION);
    }

    /** One operation with the types of what is asked and answered. */
    static final class Endpoint<Q, A> {

        private final Operation operation;
        private final int largestQuestion;
        private final ObjectReader questionReader;
        private final ObjectWriter questionWriter;
        private final ObjectReader answerReader;
        private final ObjectWriter answerWriter;

        private Endpoint(Operation operation, TypeReference<Q> question, TypeReference<A> answer, int largestQuestion) {
            this.operation = operation;
            this.largestQuestion = largestQuestion;
            this.questionReader = Json.MAPPER.readerFor(question);
            this.questionWriter = Json.MAPPER.writerFor(question);
            this.answerReader = Json.MAPPER.readerFor(answer);
            this.answerWriter = Json.MAPPER.writerFor(answer);
        }

        String path() {
            return ROOT + operation.word();
        }

        /** In bytes. */
        int largestQuestion() {
            return largestQuestion;
        }

        /** Empty for JSON's null. */
        Optional<Q> question(byte[] json) {
            return Optional.ofNullable(questionReader.readValue(json));
        }

        byte[] writeQuestion(Q question) {
            return questionWriter.writeValueAsBytes(question);
        }

        /** Empty for JSON's null. */
        Optional<A> answer(byte[] json) {
            return Optional.ofNullable(answerReader.readValue(json));
        }

        byte[] writeAnswer(A answer) {
            return answerWriter.writeValueAsBytes(answer);
        }
    }

    record Nothing() {}

    record NewMachine(MachineOrder order, Optional<HostGroup> group) {}

    record AccountName(String name) {}

    record Adopted(RemoteId machine, Token token) {}

    record NewAccount(String name, String displayName, Optional<String> vo) {}

    record Between(Instant from, Instant to) {}

    record After(Optional<RemoteId> last) {}

    record Power(RemoteId machine, PowerAction action) {}

    record Resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {}

    record ConsoleRead(RemoteId machine, long offset, int maxBytes) {}

    record NewVolume(Token token, String name, long sizeMib) {}

    record Attach(RemoteId machine, RemoteId volume, Optional<String> device) {}

    /** Something of a machine. */
    record Part(RemoteId machine, RemoteId part) {}

    record Grow(RemoteId volume, long sizeMib) {}

    record NewCopy(RemoteId volume, Token token, String name, RemoteVolumeCopy.Kind kind) {}

    record Restore(RemoteId copy, Token token, String name, long sizeMib) {}

    record NewNetwork(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {}

    record Activate(RemoteId network, boolean active) {}

    record Plug(RemoteId machine, NicOrder order) {}

    /** Something new that is made of a machine. */
    record Named(RemoteId machine, Token token, String name) {}

    /** How the cloud says no. */
    record Refusal(Kind kind, String text, Optional<Long> retryAfterMillis) {

        static Refusal of(CloudException e) {
            Optional<Duration> retryAfter =
                    e instanceof CloudException.Unavailable unavailable ? unavailable.retryAfter() : Optional.empty();
            return new Refusal(Kind.of(e), e.text(), retryAfter.map(Duration::toMillis));
        }

        CloudException exception() {
            return switch (kind) {
                case NOT_FOUND -> new CloudException.NotFound(text);
                case CONFLICT -> new CloudException.Conflict(text);
                case QUOTA -> new CloudException.QuotaExceeded(text);
                case CAPACITY -> new CloudException.NoCapacity(text);
                case UNAUTHORISED -> new CloudException.Unauthorised(text);
                case INVALID -> new CloudException.InvalidRequest(text);
                case UNAVAILABLE ->
                    retryAfterMillis
                            .map(millis -> new CloudException.Unavailable(text, Duration.ofMillis(millis)))
                            .orElseGet(() -> new CloudException.Unavailable(text));
            };
        }
    }

    /** The kinds of refusals and their HTTP status. */
    enum Kind {
        NOT_FOUND(404),
        CONFLICT(409),
        QUOTA(403),
        CAPACITY(507),
        UNAUTHORISED(401),
        INVALID(400),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }

        static Kind of(CloudException e) {
            return switch (e) {
                case CloudException.NotFound _ -> NOT_FOUND;
                case CloudException.Conflict _ -> CONFLICT;
                case CloudException.QuotaExceeded _ -> QUOTA;
                case CloudException.NoCapacity _ -> CAPACITY;
                case CloudException.Unauthorised _ -> UNAUTHORISED;
                case CloudException.InvalidRequest _ -> INVALID;
                case CloudException.Unavailable _ -> UNAVAILABLE;
            };
        }
    }
}
