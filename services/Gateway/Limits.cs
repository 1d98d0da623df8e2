using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MsaAspire.Gateway;

/// <summary>
/// What the head of a request may be, under what the services themselves take, so that none of them refuses what passed here.
/// Kestrel answers 414 to a longer request line and 431 to more headers, and gives up a head that does not come.
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
