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

    /// <summary>A setting that is a whole number; another value stops the start with an error that names it.</summary>
    public static int GetWholeNumber(this IConfigurationSection settings, string key, int fallback, int least) =>
        settings.GetValue(key, fallback) is var value && value >= least
            ? value
            : throw new InvalidOperationException($"{settings.Path}:{key} is {settings[key]}; give a whole number of at least {least}.");
}
