using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.Messaging;

/// <summary>Operator endpoints of a module's messaging. The gateway has no route to them.</summary>
public static class DeadLetterEndpoints
{
    private const int Shown = 20;

    /// <summary>
    /// <c>GET /messaging/{module}/dead-letters</c> returns the module's dead letters and their reasons; <c>POST /messaging/{module}/dead-letters/replay</c>
    /// makes the module handle them again, once the cause is fixed.
    /// </summary>
    /// <param name="routes">The service's routes.</param>
    /// <param name="module">As given to <c>AddMessaging</c>.</param>
    public static void MapMessaging(this IEndpointRouteBuilder routes, string module)
    {
        var queue = routes.ServiceProvider.GetRequiredKeyedService<IDeadLetterQueue>(module);
        var inside = routes.MapGroup($"/messaging/{module}").ExcludeFromDescription();
        inside.MapGet("/dead-letters", async (CancellationToken cancellation) => TypedResults.Ok(await queue.LookAsync(Shown, cancellation)));
        inside.MapPost("/dead-letters/replay", async (CancellationToken cancellation) => TypedResults.Ok(await queue.ReplayAsync(cancellation)));
    }
}
