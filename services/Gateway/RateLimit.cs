using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace MsaAspire.Gateway;

/// <summary>
/// How many requests one client may make: <c>Gateway:RateLimit:PermitsPerSecond</c> on average, <c>Gateway:RateLimit:Burst</c> at once.
/// A client is an IPv4 address or an IPv6 /64, as <see cref="ClientAddress"/> knows it. An event stream costs one permit when it starts and none while it lives.
/// Requests from this machine are limited as well, unless <c>Gateway:RateLimit:ExemptLoopback</c> is set: behind a sidecar proxy all come from there.
/// </summary>
internal static class RateLimit
{
    // A page of the storefront with all it loads is about 20 requests and an order 3, so 100 a second suffices for a household, or an office
    // behind one address. It is a sixth of the shop's capacity on two cores, so one client alone cannot overload it.
    private const int DefaultPermitsPerSecond = 100;

    public static void AddRateLimit(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Gateway:RateLimit");
        var permits = settings.GetWholeNumber("PermitsPerSecond", DefaultPermitsPerSecond, least: 1);
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokensPerPeriod = permits,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            TokenLimit = settings.GetWholeNumber("Burst", permits * 2, least: 1),
        };
        var exemptLoopback = settings.GetValue("ExemptLoopback", false);
        Func<ulong, TokenBucketRateLimiterOptions> bucketOf = _ => bucket;
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = OnRejected;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, ulong>(context =>
                exemptLoopback && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
                    ? RateLimitPartition.GetNoLimiter(0UL)
                    : RateLimitPartition.GetTokenBucketLimiter(KeyOf(context.Connection.RemoteIpAddress), bucketOf));
        });
    }

    /// <summary>IPv6 clients choose their lower 64 bits at will. A connection without an address is local, as ::1 is.</summary>
    private static ulong KeyOf(IPAddress? address)
    {
        address ??= IPAddress.IPv6Loopback;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - 4)..length])
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private static ValueTask OnRejected(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.Zero;
        rejected.HttpContext.Response.Headers.RetryAfter =
            Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        ClientAddress.WarnOfUnknownProxy(rejected.HttpContext);
        return default;
    }
}
