using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Cli;

/// <summary>Runs commands of resources: on all replicas, unless one of them is named.</summary>
internal sealed class CommandRuns(
    CliResources resources, ResourceCommandService commands, AppHostReadiness readiness, IHostApplicationLifetime lifetime)
{
    public async Task<CommandResponse> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        await readiness.InitializedAsync(cancellationToken).ConfigureAwait(false);
        var replicas = resources.Find(request.ResourceName);
        if (replicas.Count == 0)
            return Failure(resources.Unknown(request.ResourceName));
        var resource = replicas[0].Resource;
        var known = resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Visibility.HasFlag(ResourceCommandVisibility.Api)).ToList();
        if (known.Find(c => string.Equals(c.Name, request.CommandName, StringComparison.OrdinalIgnoreCase)) is not { } command)
        {
            var names = known.Count == 0 ? "It has none" : $"It has: {string.Join(", ", known.Select(c => c.Name))}";
            return Failure($"The resource '{resource.Name}' has no command '{request.CommandName}'. {names}.");
        }

        var arguments = command.Arguments.WithValues((input, i) => Given(request.Arguments, input.Name, i) ?? input.Value);
        if (Errors(arguments, command, request.Arguments).ToArray() is { Length: > 0 } errors)
            return Failure(string.Join(" ", errors.Select(e => e.ErrorMessage)), errors);
        if (request.ValidateOnly)
            return new(true, false, null, null, []);
        var isOne = string.Equals(request.ResourceName, replicas[0].ResourceId, StringComparison.OrdinalIgnoreCase);
        // What has begun is brought to its end, whether the client stays for it or not: a restart must not end with a resource that is stopped.
        var running = isOne
            ? commands.ExecuteCommandAsync(replicas[0].ResourceId, command.Name, arguments, lifetime.ApplicationStopping)
            : commands.ExecuteCommandAsync(resource, command.Name, arguments, lifetime.ApplicationStopping);
        var result = await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        var value = result.Data is { } data ? new CommandValue(data.Value, data.Format.ToString().ToLowerInvariant(), data.DisplayImmediately) : null;
        return new(result.Success, result.Canceled, result.Message, value, []);
    }

    private static CommandResponse Failure(string message, IReadOnlyList<ArgumentError>? errors = null) => new(false, false, message, null, errors ?? []);

    private static string? Given(JsonElement? given, string name, int index) => given switch
    {
        { ValueKind: JsonValueKind.Array } values when values.GetArrayLength() > index => ToText(values[index]),
        { ValueKind: JsonValueKind.Object } values =>
            values.EnumerateObject().Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).Select(p => ToText(p.Value)).FirstOrDefault(),
        _ => null,
    };

    private static string? ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static IEnumerable<ArgumentError> Errors(InteractionInputCollection arguments, ResourceCommandAnnotation command, JsonElement? given)
    {
        foreach (var input in arguments)
        {
            if (input.Required && string.IsNullOrEmpty(input.Value))
                yield return new(input.Name, $"'{input.Name}' is missing.");
            else if (input is { Options: { Count: > 0 } options, Value: { Length: > 0 } value } && options.All(o => o.Key != value))
                yield return new(input.Name, $"'{input.Name}' is one of {string.Join(", ", options.Select(o => o.Key))}.");
            else if (input is { MaxLength: { } most, Value.Length: var length } && length > most)
                yield return new(input.Name, $"'{input.Name}' has {length} characters, {most} are the most.");
        }

        if (given is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > arguments.Count)
            yield return new("", $"The command '{command.Name}' takes {arguments.Count} arguments.");
        if (given is not { ValueKind: JsonValueKind.Object } named)
            yield break;
        foreach (var name in named.EnumerateObject().Select(p => p.Name).Where(name => !arguments.TryGetByName(name, out _)))
            yield return new(name, $"The command '{command.Name}' has no argument '{name}'.");
    }
}
