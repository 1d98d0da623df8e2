using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>Which events a module gets, on its one queue, who handles them, and within which bounds.</summary>
internal sealed record Subscription(string Queue, IReadOnlyDictionary<string, EventType> Types, IEventHandler Handler, MessagingOptions Limits);
