using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>Which events a module gets, on its one queue, who handles them, and within which bounds.</summary>
/// <param name="System">What brings them, for traces.</param>
/// <param name="Queue">The module's name.</param>
/// <param name="Types">By the CloudEvents type.</param>
/// <param name="Handler">Of the module.</param>
/// <param name="Limits">The bounds.</param>
internal sealed record Subscription(
    string System, string Queue, IReadOnlyDictionary<string, EventType> Types, IEventHandler Handler, MessagingOptions Limits);
