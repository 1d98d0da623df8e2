using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.Messaging;

/// <summary>What those who run the shop can ask of a module's messaging. The gateway has no route to it.</summary>
public static class DeadLetterEndpoints
{
    private const int Shown = 20;

    /// <summary>
    /// <c>GET /messaging/{module}/dead-letters</c> tells how many messages the module gave up and why; <c>POST /messaging/{module}/dead-letters/replay</c>
    /// lets the module handle them again, once what they failed on is mended.
    /// </summary>
    /// <param name="routes">The service's routes.</param>
    /// <param name="module">As given to <c>AddMessaging</c>.</param>
    public static void MapMessaging(this IEndpointRouteBuilder routes, string module)
    {
        var queue = routes.ServiceProvider.GetRequiredKeyedService<IDeadLetterQueue>(module);
        var inside = routes.MapGroup($"/messaging/{module}").ExcludeFromDescription();
        inside.MapGet("/dead-letters", async (CancellationToken cancellation) => TypedResults.Ok(await queue.LookAsync(Shown, cancellation)));
#if DEBUG
        Steps.Map(inside);
#endif
        inside.MapPost("/dead-letters/replay", async (CancellationToken cancellation) => TypedResults.Ok(await queue.ReplayAsync(cancellation)));
    }
}
