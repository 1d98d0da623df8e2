using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>An argument as DCP gets it.</summary>
internal readonly record struct DcpArgument(string Value, bool IsSensitive);

/// <summary>Runs a resource's environment and argument callbacks and resolves what they gave.</summary>
internal sealed class ResourceValues(DistributedApplicationExecutionContext executionContext, EndpointPlan endpoints)
{
    /// <exception cref="DistributedApplicationException">A value cannot be had; the message says which and why.</exception>
    public async Task<List<DcpEnvVar>> GetEnvironmentAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var own = OwnServices(resource);
        var variables = new List<DcpEnvVar>();
        await resource.ProcessEnvironmentVariableValuesAsync(
            executionContext,
            (name, _, value, error) =>
            {
                ThrowIf(error, resource, $"environment variable '{name}'");
                if (value is not null)
                    variables.Add(new DcpEnvVar(name, DcpTemplate.Prepare(value, own)));
            },
            logger, cancellationToken).ConfigureAwait(false);
        return variables;
    }

    /// <inheritdoc cref="GetEnvironmentAsync"/>
    public async Task<List<DcpArgument>> GetArgumentsAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var own = OwnServices(resource);
        var arguments = new List<DcpArgument>();
        await resource.ProcessArgumentValuesAsync(
            executionContext,
            (_, value, error, isSensitive) =>
            {
                ThrowIf(error, resource, $"argument {arguments.Count + 1}");
                if (value is not null)
                    arguments.Add(new DcpArgument(DcpTemplate.Prepare(value, own), isSensitive));
            },
            logger, cancellationToken).ConfigureAwait(false);
        return arguments;
    }

    private HashSet<string> OwnServices(IResource resource) => [.. endpoints.Of(resource).Select(s => s.ServiceName)];

    private static void ThrowIf(Exception? error, IResource resource, string what)
    {
        if (error is not null)
            throw new DistributedApplicationException($"The {what} of resource '{resource.Name}' has no value: {error.Message}", error);
    }
}
