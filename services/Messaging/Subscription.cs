using Microsoft.Extensions.DependencyInjection;
using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>Which events a module receives on its queue, their handlers, and the limits.</summary>
/// <param name="System">The messaging system, for traces.</param>
/// <param name="Queue">The module's name.</param>
/// <param name="Handlers">In the order in which they are called for a batch.</param>
/// <param name="Scopes">Handlers get their services from a scope of each batch.</param>
/// <param name="Limits">The limits.</param>
internal sealed record Subscription(string System, string Queue, IReadOnlyList<Handler> Handlers, IServiceScopeFactory Scopes, MessagingOptions Limits)
{
    /// <summary>The names of the events, which are their routing keys.</summary>
    public IReadOnlySet<string> Names { get; } = Handlers.SelectMany(h => h.Types).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>What the module can read, by <c>dataschema</c>; an older version of an event as the newer one.</summary>
    public IReadOnlyDictionary<string, ReadableEvent> Readable { get; } = Handlers.SelectMany(h => h.Types)
        .SelectMany(type => type.Older.Select(older => new ReadableEvent(older.Type, type, older.Upcast)).Append(new(type, type, data => data)))
        .ToDictionary(readable => readable.As.DataSchema, StringComparer.Ordinal);
}

/// <summary>An event that arrives as one version and is handled as another, or the same.</summary>
internal sealed record ReadableEvent(EventType As, EventType Type, Func<object, object> Upcast);

/// <summary>A handler and the events it gets.</summary>
internal sealed record Handler(
    IReadOnlyList<EventType> Types, Func<IServiceProvider, IReadOnlyList<ReceivedEvent>, UnitOfWork, CancellationToken, Task> HandleAsync)
{
    public bool Takes(ReceivedEvent received) => Types.Any(t => t.Name == received.Type.Name);
}
