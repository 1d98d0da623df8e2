using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.Hosting.Processes;

/// <summary>Start, stop and restart on the server do so to its process.</summary>
internal static class ServerCommands
{
    public static void Add<T>(IResourceBuilder<T> server, ServerProcessResource process) where T : IResource
    {
        Add(KnownResourceCommands.StartCommand, "Start", "Play", enabledWhileRunning: false);
        Add(KnownResourceCommands.StopCommand, "Stop", "Stop", enabledWhileRunning: true);
        Add(KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", enabledWhileRunning: true);

        void Add(string name, string displayName, string icon, bool enabledWhileRunning) => server.WithCommand(
            name, displayName,
            context => context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(process, name, context.CancellationToken),
            new CommandOptions
            {
                IconName = icon,
                IconVariant = IconVariant.Filled,
                IsHighlighted = name != KnownResourceCommands.RestartCommand,
                UpdateState = context => IsRunning(context.ResourceSnapshot) switch
                {
                    null => ResourceCommandState.Disabled,
                    var running => running == enabledWhileRunning ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
                },
            });
    }

    // Null while it is on its way from one to the other.
    private static bool? IsRunning(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        return state == KnownResourceStates.Running ? true
            : state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state) ? false
            : null;
    }
}
