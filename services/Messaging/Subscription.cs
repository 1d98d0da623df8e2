using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>Which events a module gets, on its one queue, and who handles them.</summary>
internal sealed record Subscription(string Queue, IReadOnlyDictionary<string, EventType> Types, IEventHandler Handler);
