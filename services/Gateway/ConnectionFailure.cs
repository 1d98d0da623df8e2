using Yarp.ReverseProxy.Forwarder;

namespace MsaAspire.Gateway;

/// <summary>Tells the one failure that is certainly the destination's, and in which nothing was sent to it: there was no connection.</summary>
internal static class ConnectionFailure
{
    /// <summary>Answers 503, which says that nothing was done, where the proxy would answer 502 or 504.</summary>
    public static void UseConnectionFailureStatus(this IReverseProxyApplicationBuilder proxy) => proxy.Use(async (context, next) =>
    {
        await next(context);
        if (!context.Response.HasStarted && context.HasConnectionFailure())
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    });

    /// <summary>Whether no destination has seen any part of the request.</summary>
    public static bool HasNothingSent(this HttpContext context) =>
        context.HasConnectionFailure() || context.GetForwarderErrorFeature()?.Error == ForwarderError.NoAvailableDestinations;

    /// <summary>
    /// Whether no connection to the destination could be made. Any other failure may be caused by the request itself, and happens after
    /// some of it was sent.
    /// </summary>
    public static bool HasConnectionFailure(this HttpContext context) => context.GetForwarderErrorFeature()?.Exception switch
    {
        HttpRequestException e => e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        // How SocketsHttpHandler reports its ConnectTimeout; when the proxy cancels a request, there is no TimeoutException.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
