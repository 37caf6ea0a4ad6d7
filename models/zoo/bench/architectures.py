# SPDX-License-Identifier: Apache-2.0
"""The convolutional networks every engine is timed on, as their papers describe them, with random weights."""
from net import Net


def mobilenet_v1():
    net = Net("mobilenet_v1_100_224", 1, (224, 224, 3))
    x = net.conv(net.input, 32, 3, 2, "relu6")
    for channels, stride in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]:
        x = net.depthwise(x, 3, stride, "relu6")
        x = net.conv(x, channels, 1, 1, "relu6")
    net.softmax(net.dense(net.mean(x), 1000))
    return net


def mobilenet_v2():
    net = Net("mobilenet_v2_100_224", 2, (224, 224, 3))
    x = net.conv(net.input, 32, 3, 2, "relu6")
    for expand, channels, repeat, first_stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
        for i in range(repeat):
            stride = first_stride if i == 0 else 1
            cin = net.shapes[x][2]
            y = net.conv(x, cin * expand, 1, 1, "relu6") if expand > 1 else x
            y = net.depthwise(y, 3, stride, "relu6")
            same = stride == 1 and cin == channels
            y = net.conv(y, channels, 1, 1, gain=0.5 if same else 1)
            x = net.add(x, y) if same else y
    x = net.conv(x, 1280, 1, 1, "relu6")
    net.dense(net.mean(x), 1000)
    return net


def round_to_8(n):
    down = max(8, int(n + 4) // 8 * 8)
    return down + 8 if down < 0.9 * n else down


def mobilenet_v3_small():
    net = Net("mobilenet_v3_small_224", 3, (224, 224, 3))
    hs = "hard_swish"
    x = net.conv(net.input, 16, 3, 2, hs)
    # kernel, expanded channels, output channels, squeeze and excite, activation, stride
    for kernel, expanded, channels, excite, activation, stride in [
            (3, 16, 16, True, "relu", 2), (3, 72, 24, False, "relu", 2), (3, 88, 24, False, "relu", 1), (5, 96, 40, True, hs, 2),
            (5, 240, 40, True, hs, 1), (5, 240, 40, True, hs, 1), (5, 120, 48, True, hs, 1), (5, 144, 48, True, hs, 1),
            (5, 288, 96, True, hs, 2), (5, 576, 96, True, hs, 1), (5, 576, 96, True, hs, 1)]:
        cin = net.shapes[x][2]
        y = net.conv(x, expanded, 1, 1, activation) if expanded != cin else x
        y = net.depthwise(y, kernel, stride, activation)
        if excite:
            s = net.conv(net.mean(y), round_to_8(expanded // 4), 1, 1, "relu")
            y = net.multiply(y, net.hard_sigmoid(net.conv(s, expanded)))
        same = stride == 1 and cin == channels
        # The gate halves what it passes: gain 4 takes that back.
        y = net.conv(y, channels, 1, 1, gain=(4 if excite else 1) * (0.5 if same else 1))
        x = net.add(x, y) if same else y
    x = net.conv(x, 576, 1, 1, hs)
    x = net.dense(net.mean(x), 1024, hs)
    net.dense(x, 1000)
    return net


def resnet(depth, seed, repeats, bottleneck):
    net = Net(f"resnet{depth}_224", seed, (224, 224, 3))
    x = net.conv(net.input, 64, 7, 2, "relu")
    x = net.max_pool(x, 3, 2, 1)
    for stage, repeat in enumerate(repeats):
        width = 64 << stage
        for i in range(repeat):
            stride = 2 if i == 0 and stage > 0 else 1
            channels = width * 4 if bottleneck else width
            # The sum of two of size 1 grows by 2 each block; half the gain in both arms keeps it.
            if bottleneck:
                y = net.conv(x, width, 1, 1, "relu")
                y = net.conv(y, width, 3, stride, "relu")
                y = net.conv(y, channels, 1, 1, gain=0.25)
            else:
                y = net.conv(x, width, 3, stride, "relu")
                y = net.conv(y, channels, 3, 1, gain=0.25)
            skip = net.conv(x, channels, 1, stride) if i == 0 and (stride > 1 or net.shapes[x][2] != channels) else x
            x = net.add(y, skip, "relu")
    net.dense(net.mean(x), 1000)
    return net


def networks():
    return [mobilenet_v1(), mobilenet_v2(), mobilenet_v3_small(), resnet(18, 4, (2, 2, 2, 2), False), resnet(50, 5, (3, 4, 6, 3), True)]
