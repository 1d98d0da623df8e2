using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MsaAspire.Gateway;

/// <summary>
/// Limits of the request line and headers, below those of the services, so that no service rejects what the gateway accepted.
/// Kestrel answers 414 to a longer request line and 431 to larger headers, and times out when the headers do not arrive.
/// </summary>
internal static class Limits
{
    public static void AddHeadLimits(this WebApplicationBuilder builder) => builder.Services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 60;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    });
}
