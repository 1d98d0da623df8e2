using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>What a module does with events.</summary>
public sealed class MessagingBuilder
{
    private readonly IServiceCollection _services;
    private readonly string _module;
    private readonly List<Handler> _handlers = [];

    internal MessagingBuilder(IServiceCollection services, string module) => (_services, _module) = (services, module);

    internal IReadOnlyList<Handler> Handlers => _handlers;

    /// <summary>Gives each event of this type to <typeparamref name="THandler"/>.</summary>
    /// <typeparam name="TData">The event's data.</typeparam>
    /// <typeparam name="THandler">Gets its services from a scope.</typeparam>
    /// <param name="type">Names the module among its subscribers.</param>
    public MessagingBuilder Handle<TData, THandler>(EventType type)
        where THandler : class, IEventHandler<TData>
    {
        if (type.Data != typeof(TData))
            throw new ArgumentException($"The data of {type.Name} is {type.Data.Name}, not {typeof(TData).Name}.", nameof(type));
        return Add<THandler>([type], async (services, events, work, cancellation) =>
        {
            var handler = services.GetRequiredService<THandler>();
            foreach (var received in events)
            {
                work.Cause = received;
                await handler.HandleAsync((TData)received.Data, work, cancellation);
            }

            work.Cause = null;
        });
    }

    /// <summary>Gives the events of these types to <typeparamref name="THandler"/>, as many at once as there are.</summary>
    /// <typeparam name="THandler">Gets its services from a scope.</typeparam>
    /// <param name="types">Each names the module among its subscribers.</param>
    public MessagingBuilder HandleBatches<THandler>(params EventType[] types)
        where THandler : class, IBatchHandler =>
        Add<THandler>(types, (services, events, work, cancellation) => services.GetRequiredService<THandler>().HandleAsync(events, work, cancellation));

    private MessagingBuilder Add<THandler>(
        IReadOnlyList<EventType> types, Func<IServiceProvider, IReadOnlyList<ReceivedEvent>, UnitOfWork, CancellationToken, Task> handle)
        where THandler : class
    {
        foreach (var type in types)
        {
            if (ShopEvents.All.Any(t => t.Name == type.Name) && !type.Subscribers.Contains(_module))
            {
                throw new InvalidOperationException(
                    $"{_module} handles {type.Name} but is not named among its subscribers in services/Contracts/ShopEvents.cs. Until it is, events that are published before its queue exists are lost to it.");
            }
        }

        _services.TryAddScoped<THandler>();
        _handlers.Add(new(types, handle));
        return this;
    }
}
