using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace MsaAspire.Gateway;

/// <summary>
/// Who the client is, and whether it came by https: what <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> say when a known proxy says it, else the
/// connection. Known are the addresses and networks of <c>Gateway:KnownProxies</c> (with commas between), by default this machine alone.
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
            // As many hops as are known: the last address before them is the client's.
            forwarded.ForwardLimit = null;
            if (proxies is null)
                return;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                forwarded.KnownIPNetworks.Add(Parse(proxy));
        });
    }

    /// <summary>Says once what is wrong when clients seem to be limited together because the proxy before them is not known.</summary>
    public static void WarnOfUnknownProxy(HttpContext context)
    {
        if (!context.Request.Headers.ContainsKey("X-Forwarded-For") || Interlocked.Exchange(ref s_warned, 1) == 1)
            return;
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ClientAddress)).LogWarning(
            "{Address} sent too many requests, with X-Forwarded-For. If it is your proxy, name it in {Setting}, or all its clients count as one",
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
