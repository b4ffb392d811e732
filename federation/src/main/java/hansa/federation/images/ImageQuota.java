package hansa.federation.images;

import hansa.federation.vos.Limits;
import hansa.federation.vos.OrganisationQuotas;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What owners and virtual organisations may have of images. What they have is counted where it lies, so that a crash leaves
 * nothing to be given back; what is on its way to this node counts as well until it is here or broke off. Thread-safe.
 */
final class ImageQuota {

    private static final long MIB = 1L << 20;

    private final Store store;
    private final ImageTable table;
    private final OrganisationQuotas organisations;
    private final ImageSettings settings;
    private final Set<Coming> coming = new LinkedHashSet<>();

    ImageQuota(Store store, ImageTable table, OrganisationQuotas organisations, ImageSettings settings) {
        this.store = store;
        this.table = table;
        this.organisations = organisations;
        this.settings = settings;
    }

    /** One image that is on its way. It counts until it is closed. */
    final class Coming implements AutoCloseable {

        private final String owner;
        private final Optional<String> vo;
        private final long bytes;

        private Coming(String owner, Optional<String> vo, long bytes) {
            this.owner = owner;
            this.vo = vo;
            this.bytes = bytes;
        }

        @Override
        public void close() {
            synchronized (ImageQuota.this) {
                coming.remove(this);
            }
        }
    }

    /** A limit and what is used of it. */
    private record Share(String whose, ImageUse used, Optional<Long> images, Optional<Long> bytes) {

        Optional<String> beyond(long moreImages, long moreBytes) {
            List<String> texts = new ArrayList<>();
            if (moreImages > 0 && images.isPresent() && used.images() + moreImages > images.get()) {
                texts.add(used.images() + " of " + images.get() + " images used, " + moreImages + " more wanted");
            }
            if (moreBytes > 0 && bytes.isPresent() && used.bytes() + moreBytes > bytes.get()) {
                texts.add(mib(used.bytes()) + " of " + bytes.get() / MIB + " MiB of images used, " + mib(moreBytes)
                        + " more wanted");
            }
            return texts.isEmpty() ? Optional.empty() : Optional.of(whose + ": " + String.join(", ", texts));
        }

        private static long mib(long bytes) {
            return (bytes + MIB - 1) / MIB;
        }

        long left() {
            return bytes.map(most -> Math.max(0, most - used.bytes())).orElse(Long.MAX_VALUE);
        }
    }

    /**
     * Counts an image that will come, before any of it is here.
     *
     * @param bytes 0 where that is not known
     * @throws Failure {@code quota.exceeded} naming whose quota it is, what is used and what the limit is
     */
    synchronized Coming expect(String owner, Optional<String> vo, long bytes) {
        store.read(sql -> {
            refuse(beyond(shares(sql, owner, vo, true), 1, bytes));
            return owner;
        });
        Coming fresh = new Coming(owner, vo, bytes);
        coming.add(fresh);
        return fresh;
    }

    /** How many bytes of an image may come that was not counted yet; none that operators let everybody use is limited. */
    synchronized long left(Optional<String> owner, Optional<String> vo) {
        return owner.map(name -> store.read(sql -> shares(sql, name, vo, true)).stream()
                        .mapToLong(Share::left)
                        .min()
                        .orElse(Long.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Whether so much more fits, within the unit of work that adds it; no other unit adds to the same until it is durable.
     *
     * @throws Failure as {@link #expect}
     */
    void require(Tx tx, String owner, Optional<String> vo, long images, long bytes) {
        tx.lock("images of " + owner);
        vo.ifPresent(name -> tx.lock("images shared with " + name));
        refuse(beyond(shares(tx.sql(), owner, vo, false), images, bytes));
    }

    /** The same for what the owner has already and shares with a virtual organisation from now on. */
    void requireShared(Tx tx, Optional<String> owner, String vo, long bytes) {
        tx.lock("images shared with " + vo);
        refuse(beyond(ofOrganisation(tx.sql(), owner, vo, false), 1, bytes));
    }

    private static void refuse(Optional<String> beyond) {
        beyond.ifPresent(text -> {
            throw new Failure(
                    ErrorCode.QUOTA_EXCEEDED,
                    "This would go beyond " + text + ". Delete images, or ask an operator for more.");
        });
    }

    private static Optional<String> beyond(List<Share> shares, long images, long bytes) {
        return shares.stream()
                .flatMap(share -> share.beyond(images, bytes).stream())
                .findFirst();
    }

    private List<Share> shares(Handle sql, String owner, Optional<String> vo, boolean withComing) {
        List<Share> shares = new ArrayList<>();
        shares.add(new Share(
                "the quota",
                used(sql, Optional.of(owner), Optional.empty(), withComing),
                Optional.of(settings.ownerImages()),
                Optional.of(settings.ownerBytes())));
        vo.ifPresent(name -> shares.addAll(ofOrganisation(sql, Optional.of(owner), name, withComing)));
        return shares;
    }

    private List<Share> ofOrganisation(Handle sql, Optional<String> owner, String vo, boolean withComing) {
        Limits limits = organisations.find(sql, vo);
        Optional<Long> bytes = limits.imageMib().map(mib -> mib * MIB);
        String quota = "the quota of the virtual organisation '" + vo + "'";
        List<Share> shares = new ArrayList<>();
        shares.add(new Share(quota, used(sql, Optional.empty(), Optional.of(vo), withComing), limits.images(), bytes));
        owner.ifPresent(name -> shares.add(new Share(
                "one member's share of " + quota,
                used(sql, owner, Optional.of(vo), withComing),
                limits.share(limits.images()),
                limits.share(bytes))));
        return shares;
    }

    private ImageUse used(Handle sql, Optional<String> owner, Optional<String> vo, boolean withComing) {
        ImageUse here = table.use(sql, owner, vo);
        if (!withComing) {
            return here;
        }
        List<Coming> also = coming.stream()
                .filter(one -> owner.isEmpty() || owner.get().equals(one.owner))
                .filter(one -> vo.isEmpty() || vo.equals(one.vo))
                .toList();
        return new ImageUse(
                here.images() + also.size(),
                here.bytes() + also.stream().mapToLong(one -> one.bytes).sum());
    }
}
