using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <inheritdoc cref="IDistributedApplicationEventing"/>
public sealed class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, List<DistributedApplicationEventSubscription>> _byType = new();

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        var subscription = new DistributedApplicationEventSubscription((@event, ct) => callback((T)@event, ct));
        var subscriptions = Of(typeof(T));
        lock (subscriptions)
        {
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(callback);
        return Subscribe<T>((@event, ct) => ReferenceEquals(@event.Resource, resource) ? callback(@event, ct) : Task.CompletedTask);
    }

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        foreach (var subscriptions in _byType.Values)
        {
            lock (subscriptions)
            {
                subscriptions.Remove(subscription);
            }
        }
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(@event);
        DistributedApplicationEventSubscription[] subscribers;
        var subscriptions = Of(typeof(T));
        lock (subscriptions)
        {
            subscribers = [.. subscriptions];
        }

        return dispatchBehavior switch
        {
            EventDispatchBehavior.BlockingSequential => Sequentially(),
            EventDispatchBehavior.BlockingConcurrent => Task.WhenAll(subscribers.Select(s => s.Callback(@event, cancellationToken))),
            EventDispatchBehavior.NonBlockingSequential => Detach(Sequentially),
            _ => Detach(() => Task.WhenAll(subscribers.Select(s => s.Callback(@event, cancellationToken)))),
        };

        async Task Sequentially()
        {
            foreach (var subscriber in subscribers)
            {
                await subscriber.Callback(@event, cancellationToken).ConfigureAwait(false);
            }
        }

        Task Detach(Func<Task> call)
        {
            _ = Task.Run(call, cancellationToken);
            return Task.CompletedTask;
        }
    }

    private List<DistributedApplicationEventSubscription> Of(Type type) => _byType.GetOrAdd(type, static _ => []);
}
