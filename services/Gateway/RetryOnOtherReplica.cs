using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace MsaAspire.Gateway;

/// <summary>Retries a request that a dead replica did not answer on another replica, once: a read always, a write only if nothing of it was sent.</summary>
internal static class RetryOnOtherReplica
{
    public static void UseOtherReplica(this IReverseProxyApplicationBuilder proxy) => proxy.Use(async (context, next) =>
    {
        await next(context);
        var sent = !context.HasConnectionFailure();
        if ((sent && context.GetForwarderErrorFeature() is not { Error: ForwarderError.Request, Exception: HttpRequestException })
            || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var attempt = context.GetReverseProxyFeature();
        var others = attempt.AllDestinations.Where(d => d != attempt.ProxiedDestination).ToList();
        if (sent ? !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) : others.Count == 0)
            return;

        // An unhealthy replica is better than none: it may have recovered. And a broken connection does not mean that its address is
        // unavailable: there may be other replicas behind it.
        var well = others.Where(d => d.Health.Passive != DestinationHealth.Unhealthy).ToList();
        attempt.AvailableDestinations = well.Count > 0 ? well : sent ? attempt.AllDestinations : others;
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.StatusCode = StatusCodes.Status200OK;
        await next(context);
    });
}
