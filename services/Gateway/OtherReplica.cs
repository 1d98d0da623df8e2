using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace MsaAspire.Gateway;

/// <summary>What a dead replica could not answer goes to another, once: a read always, a write only when nothing of it was sent.</summary>
internal static class OtherReplica
{
    public static void UseOtherReplica(this IReverseProxyApplicationBuilder proxy) => proxy.Use(async (context, next) =>
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { Error: ForwarderError.Request, Exception: HttpRequestException e }
            || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var attempt = context.GetReverseProxyFeature();
        var others = attempt.AllDestinations.Where(d => d != attempt.ProxiedDestination && d.Health.Passive != DestinationHealth.Unhealthy).ToList();
        var sent = e.HttpRequestError != HttpRequestError.ConnectionError;
        if (sent ? !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) : others.Count == 0)
            return;

        // A connection that broke does not say that its address is dead: others may stand behind it.
        attempt.AvailableDestinations = others.Count > 0 ? others : attempt.AllDestinations;
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.StatusCode = StatusCodes.Status200OK;
        await next(context);
    });
}
