using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace MsaAspire.Gateway;

/// <summary>
/// The client's address and scheme: taken from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> when a known proxy sends them, otherwise
/// from the connection. Known proxies are the addresses and networks in <c>Gateway:KnownProxies</c> (comma-separated); by default only this machine.
/// </summary>
internal static class ClientAddress
{
    private const string Setting = "Gateway:KnownProxies";

    private static int s_warned;

    public static void AddClientAddress(this WebApplicationBuilder builder)
    {
        var proxies = builder.Configuration[Setting]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // Skips all known proxies: the last address before them is the client's.
            forwarded.ForwardLimit = null;
            if (proxies is null)
                return;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                forwarded.KnownIPNetworks.Add(Parse(proxy));
        });
    }

    /// <summary>Logs one warning when clients seem to share a rate limit because the proxy in front of them is unknown.</summary>
    public static void WarnOfUnknownProxy(HttpContext context)
    {
        if (!context.Request.Headers.ContainsKey("X-Forwarded-For") || Interlocked.Exchange(ref s_warned, 1) == 1)
            return;
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ClientAddress)).LogWarning(
            "{Address} sent too many requests, with X-Forwarded-For. If it is your proxy, add it to {Setting}; otherwise all its clients share one rate limit",
            context.Connection.RemoteIpAddress, Setting);
    }

    private static System.Net.IPNetwork Parse(string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
            return new(address, address.GetAddressBytes().Length * 8);
        return System.Net.IPNetwork.TryParse(proxy, out var network)
            ? network
            : throw new InvalidOperationException($"{Setting}: '{proxy}' is neither an address nor a network; write 10.0.0.7 or 10.0.0.0/8.");
    }
}
