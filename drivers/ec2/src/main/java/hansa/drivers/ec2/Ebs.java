package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.protocols.sigv4.HttpMessage;
import hansa.protocols.sigv4.HttpMessage.Pair;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The direct interface of EBS (version 2019-11-02): snapshots written and read block by block, each with its checksum. */
final class Ebs implements AutoCloseable {

    static final int BLOCK_BYTES = 512 * 1024;
    static final long MOST_GIB = 65_536;

    private static final String CHECKSUM = "x-amz-Checksum";
    private static final Pair ALGORITHM = new Pair("x-amz-Checksum-Algorithm", "SHA256");
    private static final Pair JSON = new Pair("Content-Type", "application/json");
    /** What is sent of a block is not signed, but its checksum is. */
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final int PAGE = 1_000;
    private static final byte[] NOTHING = {};

    private final Line line;
    private final JsonMapper mapper = JsonMapper.builder().build();

    Ebs(Wire wire, Ec2Settings settings) {
        this.line = new Line(wire, settings.timeLimit());
    }

    /** A block that a snapshot has. */
    record Block(int index, String token) {}

    /**
     * Some of the blocks of a snapshot.
     *
     * @param gib size of the volume that it is of
     * @param next of the page that follows
     */
    record Page(List<Block> blocks, long gib, Optional<String> next) {

        Page {
            blocks = List.copyOf(blocks);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** As EBS writes a digest. */
    static String checksum(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }

    /**
     * Begins one. With the same client token EBS answers with what it began the first time.
     *
     * @return its id
     */
    String start(long gib, String clientToken, String description, Map<String, String> marks) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("VolumeSize", gib);
        wish.put("ClientToken", clientToken);
        wish.put("Description", description);
        ArrayNode tags = wish.putArray("Tags");
        marks.forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        byte[] body = mapper.writeValueAsBytes(wish);
        JsonNode answer = json(
                "StartSnapshot",
                ask("StartSnapshot", new HttpMessage("POST", "/snapshots", List.of(), List.of(JSON), body), body));
        String id = answer.path("SnapshotId").asString("");
        if (!id.matches("snap-[0-9a-f]{8,60}")) {
            throw strange("StartSnapshot", "it has no id of a snapshot");
        }
        return id;
    }

    /** Writes a whole block, over what it was before. */
    void put(String snapshot, int index, byte[] block, byte[] digest) {
        String checksum = checksum(digest);
        List<Pair> headers = List.of(
                new Pair("Content-Type", "application/octet-stream"),
                new Pair("x-amz-Data-Length", Integer.toString(BLOCK_BYTES)),
                new Pair(CHECKSUM, checksum),
                ALGORITHM);
        HttpResponse<byte[]> answer = ask(
                "PutSnapshotBlock",
                new HttpMessage("PUT", path(snapshot) + "/blocks/" + index, List.of(), headers, UNSIGNED),
                block);
        if (!answer.headers().firstValue(CHECKSUM).equals(Optional.of(checksum))) {
            throw strange("PutSnapshotBlock", "it has another checksum than what was sent");
        }
    }

    /**
     * Seals a snapshot.
     *
     * @param blocks how many were written
     * @param checksum of their digests, one after the other in the order of the blocks
     */
    void complete(String snapshot, int blocks, String checksum) {
        List<Pair> headers = List.of(
                new Pair("x-amz-ChangedBlocksCount", Integer.toString(blocks)),
                new Pair(CHECKSUM, checksum),
                ALGORITHM,
                new Pair("x-amz-Checksum-Aggregation-Method", "LINEAR"));
        HttpMessage message = new HttpMessage("POST", "/snapshots/completion/" + snapshot, List.of(), headers, NOTHING);
        json("CompleteSnapshot", ask("CompleteSnapshot", message, NOTHING));
    }

    Page blocks(String snapshot, Optional<String> page) {
        List<Pair> query = new ArrayList<>();
        query.add(new Pair("maxResults", Integer.toString(PAGE)));
        page.ifPresent(token -> query.add(new Pair("pageToken", token)));
        HttpMessage message = new HttpMessage("GET", path(snapshot) + "/blocks", query, List.of(), NOTHING);
        JsonNode answer = json("ListSnapshotBlocks", ask("ListSnapshotBlocks", message, NOTHING));
        long gib = answer.path("VolumeSize").asLong(0);
        if (gib < 1 || gib > MOST_GIB) {
            throw strange("ListSnapshotBlocks", "it has no size of a volume");
        }
        List<Block> blocks = new ArrayList<>();
        for (JsonNode block : answer.path("Blocks")) {
            String index = block.path("BlockIndex").asString("");
            String token = block.path("BlockToken").asString("");
            long most = gib * (1L << 30) / BLOCK_BYTES;
            if (!index.matches("\\d{1,9}") || Long.parseLong(index) >= most || token.isEmpty()) {
                throw strange("ListSnapshotBlocks", "it has a block that cannot be");
            }
            blocks.add(new Block(Integer.parseInt(index), token));
        }
        return new Page(
                blocks, gib, Optional.of(answer.path("NextToken").asString("")).filter(token -> !token.isEmpty()));
    }

    /** The content of a block, checked. */
    byte[] get(String snapshot, Block block) {
        HttpMessage message = new HttpMessage(
                "GET",
                path(snapshot) + "/blocks/" + block.index(),
                List.of(new Pair("blockToken", block.token())),
                List.of(),
                NOTHING);
        HttpResponse<byte[]> answer = ask("GetSnapshotBlock", message, NOTHING);
        byte[] content = answer.body();
        String checksum = checksum(sha256().digest(content));
        if (content.length != BLOCK_BYTES
                || !answer.headers().firstValue(CHECKSUM).equals(Optional.of(checksum))) {
            throw strange("GetSnapshotBlock", "its content and its checksum differ");
        }
        return content;
    }

    private static String path(String snapshot) {
        return "/snapshots/" + snapshot;
    }

    /** Says what was signed of the body: not every endpoint finds that out by itself. */
    private HttpResponse<byte[]> ask(String action, HttpMessage wanted, byte[] body) {
        List<Pair> headers = new ArrayList<>(wanted.headers());
        headers.add(new Pair("X-Amz-Content-Sha256", wanted.payloadHash()));
        HttpMessage message =
                new HttpMessage(wanted.method(), wanted.path(), wanted.query(), headers, wanted.payloadHash());
        return switch (line.ask(message, body, response -> problem(action, response))) {
            case Line.Reply.Answered(HttpResponse<byte[]> response) -> response;
            case Line.Reply.Refused(Problem problem) -> throw Refusals.of(problem);
        };
    }

    private JsonNode json(String action, HttpResponse<byte[]> response) {
        try {
            JsonNode json = mapper.readTree(response.body());
            if (json.isObject()) {
                return json;
            }
            throw strange(action, "it is no object of JSON");
        } catch (JacksonException e) {
            throw strange(action, "it is no JSON");
        }
    }

    private Problem problem(String action, HttpResponse<byte[]> response) {
        JsonNode json = readable(response.body());
        String code = response.headers()
                .firstValue("x-amzn-ErrorType")
                .or(() -> Optional.of(
                        json.path("__type").asString(json.path("code").asString(""))))
                .map(type -> type.replaceFirst(":.*", "").replaceFirst(".*#", ""))
                .orElse("");
        String message = json.path("Message").asString(json.path("message").asString(""));
        return new Problem(action, response.statusCode(), Problem.oneLine(code), Problem.oneLine(message));
    }

    private JsonNode readable(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static CloudException.Unavailable strange(String action, String why) {
        return new CloudException.Unavailable("the answer to " + action + " is not one of EBS: " + why);
    }

    @Override
    public void close() {
        line.close();
    }
}
