using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

/// <summary>Start, stop and restart, on every resource that DCP runs; each replica has its own.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == KnownResourceCommands.StartCommand))
            return;

        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start the resource", "Play", IconVariant.Filled, isHighlighted: true, StartState,
            (orchestrator, id, ct) => orchestrator.StartResourceAsync(id, ct));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop the resource", "Stop", IconVariant.Filled, isHighlighted: true, StopState,
            (orchestrator, id, ct) => orchestrator.StopResourceAsync(id, ct));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "Stop the resource and start it again", "ArrowCounterclockwise", IconVariant.Regular, isHighlighted: false, RestartState,
            async (orchestrator, id, ct) =>
            {
                await orchestrator.StopResourceAsync(id, ct).ConfigureAwait(false);
                await orchestrator.StartResourceAsync(id, ct).ConfigureAwait(false);
            });
    }

    private static void Add(
        IResource resource, string name, string displayName, string description, string icon, IconVariant variant, bool isHighlighted,
        Func<CustomResourceSnapshot, ResourceCommandState> state, Func<ApplicationOrchestrator, string, CancellationToken, Task> execute) =>
        resource.Annotations.Add(new ResourceCommandAnnotation(
            name, displayName, context => state(context.ResourceSnapshot),
            async context =>
            {
                var orchestrator = context.ServiceProvider.GetRequiredService<ApplicationOrchestrator>();
                await execute(orchestrator, context.ResourceName, context.CancellationToken).ConfigureAwait(false);
                return CommandResults.Success();
            },
            description, arguments: null, confirmationMessage: null, icon, variant, isHighlighted));

    private static ResourceCommandState StartState(CustomResourceSnapshot snapshot) =>
        IsStopped(snapshot) || snapshot.IsIn(KnownResourceStates.Waiting) ? ResourceCommandState.Enabled
        : IsInBetween(snapshot) ? ResourceCommandState.Disabled
        : ResourceCommandState.Hidden;

    private static ResourceCommandState StopState(CustomResourceSnapshot snapshot) =>
        snapshot.IsIn(KnownResourceStates.Stopping) ? ResourceCommandState.Disabled
        : IsStopped(snapshot) || IsInBetween(snapshot) || snapshot.IsIn(KnownResourceStates.Waiting) ? ResourceCommandState.Hidden
        : ResourceCommandState.Enabled;

    private static ResourceCommandState RestartState(CustomResourceSnapshot snapshot) =>
        IsStopped(snapshot) || IsInBetween(snapshot) || snapshot.IsIn(KnownResourceStates.Waiting) || snapshot.IsIn(KnownResourceStates.Stopping)
            ? ResourceCommandState.Disabled
            : ResourceCommandState.Enabled;

    private static bool IsStopped(CustomResourceSnapshot snapshot) =>
        snapshot.IsTerminal() || snapshot.IsIn(KnownResourceStates.NotStarted) || snapshot.IsIn("Unknown");

    private static bool IsInBetween(CustomResourceSnapshot snapshot) =>
        snapshot.State is not { Text.Length: > 0 } || snapshot.IsIn(KnownResourceStates.Starting) || snapshot.IsIn(KnownResourceStates.Building)
        || snapshot.IsIn(KnownResourceStates.RuntimeUnhealthy);
}
