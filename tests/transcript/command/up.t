#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> stepi 5
enc.0.self.k  [3,8,8]  enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
> up
#1  enc.0.self              self-attention
> shapes
 tensor              shape                  bytes  from
 enc.0.self.q        [B=1, H=3, S=8, K=8]   768 B  resid_pre W[24,24] + b
 enc.0.self.k        [B=1, H=3, S=8, K=8]   768 B  resid_pre W[24,24] + b
 enc.0.self.v        [B=1, H=3, S=8, K=8]   768 B  resid_pre W[24,24] + b
 enc.0.self.scores   [B=1, H=3, S=8, S'=8]  768 B  q k^T / sqrt(8)
 enc.0.self.pattern  [B=1, H=3, S=8, S'=8]  768 B  softmax(scores)
 enc.0.self.z        [B=1, H=3, S=8, K=8]   768 B  pattern v
 enc.0.self.out      [B=1, S=8, D=24]       768 B  z W[24,24] + b
B  = 1      sentences in the batch
S  = 8      source length
D  = 24     width of the residual stream (d_model)
H  = 3      heads
K  = 8      width of a head
> up 2
#3  encoder                 8 tokens
> up 9
error: the outermost frame is 4
