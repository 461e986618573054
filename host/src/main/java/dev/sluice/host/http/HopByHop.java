package dev.sluice.host.http;

import io.netty.util.AsciiString;

/// The fields that belong to one connection and are never forwarded.
///
/// Spec: RFC 9110 §7.6.1.
public final class HopByHop {
    private static final AsciiString[] ALWAYS = {
        Names.KEEP_ALIVE,
        Names.PROXY_CONNECTION,
        Names.PROXY_AUTHENTICATE,
        Names.PROXY_AUTHORIZATION,
        Names.TE,
        Names.TRANSFER_ENCODING,
        Names.UPGRADE
    };

    private HopByHop() {}

    /// Removes them, and those that `connection` names.
    public static void removeFrom(Fields fields) {
        int connection = fields.indexOf(Names.CONNECTION, fields.pseudoSize());
        while (connection >= 0) {
            String value = fields.value(connection);
            fields.removeAt(connection);
            if (!value.equalsIgnoreCase("keep-alive") && !value.equalsIgnoreCase("close")) {
                for (String listed : value.split(",", -1)) {
                    fields.remove(listed.strip());
                }
            }
            connection = fields.indexOf(Names.CONNECTION, fields.pseudoSize());
        }
        for (AsciiString name : ALWAYS) {
            fields.remove(name);
        }
    }
}
