using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestration;

/// <summary>Turns what DCP says of an object into a resource's snapshot.</summary>
internal static class DcpSnapshots
{
    public static CustomResourceSnapshot Apply(CustomResourceSnapshot snapshot, ResourceInstance instance, Executable executable)
    {
        var resource = instance.Resource;
        var status = executable.Status;
        var state = StateOf(status?.State, snapshot);
        var arguments = status?.EffectiveArgs ?? executable.Spec.Args ?? [];
        var sensitivity = executable.Metadata.Annotations?.GetValueOrDefault(ExecutableFactory.ArgumentsAnnotation) ?? "";
        var properties = snapshot.Properties
            .Set(KnownProperties.AppArgs, ImmutableArray.CreateRange(arguments.TakeLast(sensitivity.Length)))
            .Set(KnownProperties.AppArgsSensitivity, ImmutableArray.CreateRange(sensitivity.Select(digit => digit - '0')))
            .Set(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath)
            .Set(KnownProperties.ExecutableWorkingDirectory, executable.Spec.WorkingDirectory)
            .Set(KnownProperties.ExecutableArgs, ImmutableArray.CreateRange(arguments), isSensitive: true)
            .Set(KnownProperties.ExecutablePid, status?.Pid);
        if (resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
            properties = properties.Set(KnownProperties.ProjectPath, project.ProjectPath);

        return snapshot with
        {
            State = state,
            ExitCode = status?.ExitCode,
            CreationTimeStamp = executable.Metadata.CreationTimestamp?.ToUniversalTime(),
            StartTimeStamp = status?.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status?.FinishTimestamp?.ToUniversalTime(),
            Properties = properties,
            EnvironmentVariables = Variables(status?.EffectiveEnv, executable.Spec.Env),
            Urls = ResourceUrls.Snapshots(resource, state?.Text == KnownResourceStates.Running),
        };
    }

    public static CustomResourceSnapshot Apply(CustomResourceSnapshot snapshot, ResourceInstance instance, Container container)
    {
        var resource = instance.Resource;
        var status = container.Status;
        var state = StateOf(status?.State, snapshot);
        var isPersistent = container.Spec.Persistent == true;
        return snapshot with
        {
            State = state,
            ExitCode = status?.ExitCode,
            CreationTimeStamp = container.Metadata.CreationTimestamp?.ToUniversalTime(),
            StartTimeStamp = status?.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status?.FinishTimestamp?.ToUniversalTime(),
            Properties = snapshot.Properties
                .Set(KnownProperties.ContainerImage, container.Spec.Image)
                .Set(KnownProperties.ContainerId, status?.ContainerId)
                .Set(KnownProperties.ContainerCommand, container.Spec.Command)
                .Set(KnownProperties.ContainerArgs, ImmutableArray.CreateRange(status?.EffectiveArgs ?? container.Spec.Args ?? []), isSensitive: true)
                .Set(KnownProperties.ContainerPorts, ImmutableArray.CreateRange(container.Spec.Ports?.Select(p => p.ContainerPort) ?? []))
                .Set(KnownProperties.ContainerLifetime, isPersistent ? nameof(ContainerLifetime.Persistent) : nameof(ContainerLifetime.Session)),
            EnvironmentVariables = Variables(status?.EffectiveEnv, container.Spec.Env),
            Volumes = [.. container.Spec.VolumeMounts?.Select(m => new VolumeSnapshot(m.Source, m.Target, m.Type, m.ReadOnly)) ?? []],
            Urls = ResourceUrls.Snapshots(resource, state?.Text == KnownResourceStates.Running),
        };
    }

    private static ResourceStateSnapshot? StateOf(string? state, CustomResourceSnapshot present) => state switch
    {
        null or "" => present.State,
        ExecutableState.Terminated => KnownResourceStates.Exited,
        ContainerState.Pending => KnownResourceStates.Starting,
        _ => state,
    };

    /// <summary>Those of the model only: what the AppHost itself was started with may hold secrets and is nobody's business.</summary>
    private static ImmutableArray<EnvironmentVariableSnapshot> Variables(List<DcpEnvVar>? effective, List<DcpEnvVar>? specified)
    {
        var values = effective?.ToDictionary(v => v.Name, v => v.Value) ?? [];
        return [.. (specified ?? []).Select(v => new EnvironmentVariableSnapshot(v.Name, values.GetValueOrDefault(v.Name, v.Value), IsFromSpec: true))];
    }
}
