package hansa.federation.accounts;

import hansa.cloud.RemoteAccount;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a member of a virtual organisation comes to an account at a cloud. */
public sealed interface Scheme {

    /** Whether the account is one that the person can have by this scheme. */
    boolean gives(String account, String vo, String caller);

    /** One account for all members. */
    record Fixed(String account) implements Scheme {

        public Fixed {
            name(account);
        }

        @Override
        public boolean gives(String given, String vo, String caller) {
            return given.equals(account);
        }
    }

    /**
     * An account for each person, always the same one.
     *
     * @param template the name, in which <code>{hash}</code> stands for the person (16 hexadecimal digits of a hash of
     *     organisation and caller) and <code>{vo}</code> for the organisation, in lower case and cut to 12 characters
     */
    record OnTheFly(String template) implements Scheme {

        public static final String USUAL = "{vo}-{hash}";

        private static final int DIGITS = 16;
        private static final int LONGEST_VO = 12;

        public OnTheFly {
            if (!template.contains("{hash}")) {
                throw invalid("A template has '{hash}' in it, so that each person gets an account of their own.");
            }
            name(filled(template, "x".repeat(LONGEST_VO), "someone"));
        }

        public String account(String vo, String caller) {
            return filled(template, vo, caller);
        }

        private static String filled(String template, String vo, String caller) {
            String plain = vo.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
            String start = plain.matches("[a-z].*") ? plain : "v" + plain;
            String cut = start.substring(0, Math.min(LONGEST_VO, start.length()));
            return template.replace("{vo}", cut).replace("{hash}", hash(vo, caller));
        }

        private static String hash(String vo, String caller) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(vo.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                return HexFormat.of()
                        .formatHex(digest.digest(caller.getBytes(StandardCharsets.UTF_8)))
                        .substring(0, DIGITS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean gives(String account, String vo, String caller) {
            return account.equals(account(vo, caller));
        }
    }

    /**
     * Accounts that are lent, each to one person at a time.
     *
     * @param accounts 1 to 1,000 different ones, the first free one is lent
     * @param idle for how long somebody keeps one who has no machine there any more; up to a year
     */
    record Pool(List<String> accounts, Duration idle) implements Scheme {

        public static final Duration USUAL_IDLE = Duration.ofDays(1);

        private static final int MOST = 1_000;
        private static final Duration LONGEST = Duration.ofDays(366);

        public Pool {
            accounts = List.copyOf(accounts);
            accounts.forEach(Scheme::name);
            if (accounts.isEmpty()
                    || accounts.size() > MOST
                    || Set.copyOf(accounts).size() < accounts.size()) {
                throw invalid("A pool has 1 to " + MOST + " different accounts.");
            }
            if (idle.isNegative() || idle.compareTo(LONGEST) > 0) {
                throw invalid("An account is kept for 0 seconds to a year after the last machine.");
            }
        }

        @Override
        public boolean gives(String account, String vo, String caller) {
            return accounts.contains(account);
        }
    }

    private static void name(String account) {
        if (!RemoteAccount.isName(account)) {
            throw invalid("An account is a lower-case letter or '_', then up to 31 of a-z, 0-9, '_' and '-'.");
        }
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }
}
