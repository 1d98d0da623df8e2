using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>Which events a module receives on its queue, their handler, and the limits.</summary>
/// <param name="System">The messaging system, for traces.</param>
/// <param name="Queue">The module's name.</param>
/// <param name="Types">By the CloudEvents type.</param>
/// <param name="Handler">The module's handler.</param>
/// <param name="Limits">The limits.</param>
internal sealed record Subscription(
    string System, string Queue, IReadOnlyDictionary<string, EventType> Types, IEventHandler Handler, MessagingOptions Limits);
