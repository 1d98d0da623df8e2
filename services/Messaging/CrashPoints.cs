using System.Diagnostics;
#if DEBUG
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
#endif

namespace MsaAspire.Messaging;

/// <summary>The named steps of message processing. A test can kill the process at each of them; a release build has neither the calls nor the endpoint.</summary>
internal static class CrashPoints
{
    public const string Claimed = "claimed", Published = "published", Confirmed = "confirmed", Relayed = "relayed";
    public const string Delivered = "delivered", Committed = "committed", Acknowledged = "acknowledged";

#if DEBUG
    private static readonly ConcurrentDictionary<string, byte> s_deadly = new(StringComparer.Ordinal);

    /// <summary><c>POST /messaging/{module}/die-at/{step}?pid=</c>: the process with that id kills itself when it next reaches the step.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/die-at/{step}", (string step, int pid) =>
    {
        // A proxy may hold the request until the next process is started, for which it is not meant.
        if (pid == Environment.ProcessId)
            s_deadly[step] = 0;
        return TypedResults.NoContent();
    });
#endif

    [Conditional("DEBUG")]
    public static void Reach(string step)
    {
#if DEBUG
        if (s_deadly.ContainsKey(step))
            Process.GetCurrentProcess().Kill();
#endif
    }
}
